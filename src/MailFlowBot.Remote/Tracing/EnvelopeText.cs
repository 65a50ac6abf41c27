using System.Text.RegularExpressions;

namespace MailFlowBot.Remote.Tracing;

/// <summary>
/// The few places of an envelope that a trace needs, found in its text: a trace must also hold envelopes that no reader would take.
/// </summary>
internal static partial class EnvelopeText
{
    private const int Patience = 2000;

    /// <summary>The action of a request; empty when there is none.</summary>
    public static string Action(string envelope) => First(ActionElement(), envelope);

    /// <summary>The id of a request; empty when there is none.</summary>
    public static string MessageId(string envelope) => First(MessageIdElement(), envelope);

    /// <summary>The first command that is named; empty when none is.</summary>
    public static string Command(string envelope) => First(CommandIdAttribute(), envelope);

    /// <summary>The shell that a Create asks for; empty when the server is to choose.</summary>
    public static string Shell(string envelope) => First(ShellIdAttribute(), envelope);

    /// <summary>Answers another request.</summary>
    public static string Relate(string envelope, string messageId) => RelatesToElement().Replace(envelope, match => match.Groups[1].Value + messageId);

    /// <summary>Replaces the content of elements that tell who somebody is.</summary>
    public static string MaskPeople(string envelope) => PeopleElement().Replace(envelope, match => match.Groups[1].Value + new string('x', match.Groups[2].Length));

    /// <summary>Replaces each run of fragments by what <c>change</c> makes of it: the command it belongs to, its stream, its bytes.</summary>
    public static string ChangePayloads(string envelope, Action<string, string, byte[]> change) => PayloadElement().Replace(envelope, match =>
    {
        var attributes = match.Groups[3].Value;
        var command = First(CommandIdAttribute(), attributes);
        if (command.Length == 0 && match.Groups[2].Value == "Arguments")
            command = Command(envelope);
        var bytes = new byte[match.Groups[4].Length];
        if (!Convert.TryFromBase64String(match.Groups[4].Value, bytes, out var length))
            return match.Groups[1].Value + new string('A', match.Groups[4].Length / 4 * 4);
        bytes = bytes[..length];
        change(command, First(NameAttribute(), attributes), bytes);
        return match.Groups[1].Value + Convert.ToBase64String(bytes);
    });

    private static string First(Regex place, string text) => place.Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : "";

    [GeneratedRegex(@"<(?:\w+:)?Action\b[^>]*>([^<]*)<", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex ActionElement();

    [GeneratedRegex(@"<(?:\w+:)?MessageID\b[^>]*>([^<]*)<", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex MessageIdElement();

    [GeneratedRegex(@"(<(?:\w+:)?RelatesTo\b[^>]*>)[^<]*", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex RelatesToElement();

    [GeneratedRegex(@"\bCommandId=""([^""]*)""", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex CommandIdAttribute();

    [GeneratedRegex(@"\bName=""([^""]*)""", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex NameAttribute();

    [GeneratedRegex(@"<(?:\w+:)?Shell\b[^>]*\bShellId=""([^""]*)""", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex ShellIdAttribute();

    [GeneratedRegex(@"(<(?:\w+:)?(?:Owner|ClientIP)\b[^>]*>)([^<]*)", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex PeopleElement();

    [GeneratedRegex(@"(<(?:\w+:)?(Stream|Arguments|creationXml|connectXml|connectResponseXml)\b([^>]*)(?<!/)>)([^<]+)", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex PayloadElement();
}
