using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// Reads properties of received objects. The same property comes in several forms: as a plain string when the object was one level too
/// deep to be sent whole, as an enum with text and number, or as the whole object. Null always means "not told".
/// </summary>
internal static class Property
{
    // Foreign text in facts is kept short: it goes onto cards and into plans.
    private const int LongestText = 1024;

    /// <summary>The text of a property, trimmed; null when absent, Nil, empty or of a kind that has no text.</summary>
    public static string? Text(PsObject from, string name) => TextOf(from[name]);

    public static string? TextOf(object? value)
    {
        var text = value switch
        {
            string plain => plain,
            PsObject { Text: { } shown } => shown,
            PsObject { BaseValue: string inner } => inner,
            PsObject { BaseValue: PsObject inner } => inner.Text,
            bool or char or Guid or Version or Uri => value.ToString(),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
        text = text?.Trim();
        return string.IsNullOrEmpty(text) ? null : text.Length > LongestText ? text[..LongestText] : text;
    }

    public static bool? Flag(PsObject from, string name) => PsObject.Unwrap(from[name]) switch
    {
        bool flag => flag,
        string text when bool.TryParse(text, out var flag) => flag,
        _ => null,
    };

    public static long? Whole(PsObject from, string name) => PsObject.Unwrap(from[name]) switch
    {
        int number => number,
        long number => number,
        uint number => number,
        short number => number,
        byte number => number,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public static double? Real(PsObject from, string name) => PsObject.Unwrap(from[name]) switch
    {
        double number when double.IsFinite(number) => number,
        float number when float.IsFinite(number) => number,
        int number => number,
        long number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>An enum by its name, compared without case; its default (Unknown) for anything else. Numbers are not names.</summary>
    public static T Named<T>(PsObject from, string name) where T : struct, Enum => NamedText<T>(Text(from, name));

    public static T NamedText<T>(string? text) where T : struct, Enum =>
        // Letters only: a number, or names joined by commas, could add up to a value that nobody wrote.
        text is { Length: > 0 } && text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var value)
            ? value
            : default;

    /// <summary>The elements of a list property; null when the property is absent or no list.</summary>
    public static IReadOnlyList<object?>? Items(PsObject from, string name) => from[name] switch
    {
        PsList list => list.Items,
        PsObject { BaseValue: PsList list } => list.Items,
        _ => null,
    };

    /// <summary>The texts of a list property, elements without text left out; null when the property is absent or no list.</summary>
    public static IReadOnlyList<string>? Texts(PsObject from, string name) => Items(from, name)?.Select(TextOf).OfType<string>().ToList();

    /// <summary>The names of a flags enum such as <c>IMAP, POP, SMTP</c>; empty for None, null when not told.</summary>
    public static IReadOnlyList<string>? Flags(PsObject from, string name) => Text(from, name)?
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(flag => !flag.Equals("None", StringComparison.OrdinalIgnoreCase))
        .ToList();

    /// <summary>A point in time; null when not told. A time without a zone could be any and is not told either.</summary>
    public static DateTimeOffset? Instant(PsObject from, string name) => PsObject.Unwrap(from[name]) switch
    {
        DateTime { Kind: DateTimeKind.Utc } utc => new DateTimeOffset(utc),
        DateTimeOffset at => at.ToUniversalTime(),
        _ => null,
    };

    /// <summary>
    /// The short server name in the first of these properties that holds one: a name, a full DNS name, or an identity such as
    /// <c>EX01\Submission</c>.
    /// </summary>
    public static string? ServerIn(PsObject from, params string[] names) =>
        names.Select(name => Text(from, name)).FirstOrDefault(text => text is not null) is { } found
            ? Short(found)
            : null;

    /// <summary>The first label of a name or an identity.</summary>
    public static string? Short(string? name) => name?.Split('\\', '.')[0];

    /// <summary>Null when every object is about the server asked; else the refusal. No object at all names no server.</summary>
    public static CmdletAnswer? Misplaced(ServerName asked, IReadOnlyList<PsObject> objects, params string[] names)
    {
        foreach (var from in objects)
        {
            if (Misplaced(asked, ServerIn(from, names)) is { } misplaced)
                return misplaced;
        }

        return null;
    }

    /// <summary>Null when the answer is about the server asked; else the refusal.</summary>
    public static CmdletAnswer? Misplaced(ServerName asked, string? answered) =>
        ServerName.TryParse(Short(answered), out var server) && server == asked ? null : CmdletAnswer.WrongServer(asked, answered);
}
