using System.Globalization;
using System.Text.RegularExpressions;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// Reads an entry of LocalStates or RemoteStates. A session with Exchange's own types gets it whole; any other client gets its ToString
/// only, <c>Requestor:Functional; State:Active; Timestamp:9/28/2021 5:32:01 PM</c> (sic), a UTC time in the server session's culture.
/// </summary>
internal static partial class RequesterEntries
{
    // The culture is asked for (en-US) and not guessed: 2/3/2026 of another culture would be another day. What does not fit exactly has
    // no known time.
    private const string TimeFormat = "M/d/yyyy h:mm:ss tt";

    /// <summary>The entries of a store. One that cannot be read is an entry of an unknown requester in an unknown state.</summary>
    public static IReadOnlyList<RequesterEntry> Read(IReadOnlyList<object?> items) => [.. items.Select(Read)];

    public static RequesterEntry Unread(string? text) => new(Requester.NotTold, ComponentState.Unknown, text ?? "", null);

    private static RequesterEntry Read(object? item)
    {
        var text = Property.TextOf(item);
        if (item is PsObject whole && Property.Text(whole, "Requester") is { } requester)
        {
            var at = Whole(whole["Timestamp"]);
            var written = Parsed(text)?.Groups["time"].Value ?? at?.ToString(TimeFormat, CultureInfo.InvariantCulture);
            return new(new Requester(requester), Property.Named<ComponentState>(whole, "State"), written ?? "", at);
        }

        return Parsed(text) is { } parts
            ? new(
                new Requester(parts.Groups["requester"].Value),
                Property.NamedText<ComponentState>(parts.Groups["state"].Value),
                parts.Groups["time"].Value,
                Time(parts.Groups["time"].Value))
            : Unread(text);
    }

    private static Match? Parsed(string? text) =>
        Labelled().Match(text ?? "") is { Success: true } labelled ? labelled
        : Bare().Match(text ?? "") is { Success: true } bare ? bare
        : null;

    private static DateTimeOffset? Time(string text)
    {
        // Newer Windows puts a narrow no-break space before AM and PM.
        var plain = text.Replace('\u202F', ' ').Replace('\u00A0', ' ');
        return DateTimeOffset.TryParseExact(
            plain, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;
    }

    // A time without a zone could be any.
    private static DateTimeOffset? Whole(object? value) => PsObject.Unwrap(value) switch
    {
        DateTime { Kind: DateTimeKind.Utc } utc => new DateTimeOffset(utc),
        DateTimeOffset at => at.ToUniversalTime(),
        _ => null,
    };

    [GeneratedRegex(
        @"^\s*Request[oe]r:\s*(?<requester>\w{1,64})\s*;\s*State:\s*(?<state>\w{1,64})\s*;\s*Timestamp:\s*(?<time>.{1,64}?)\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        1000)]
    private static partial Regex Labelled();

    // Seen from other builds: no labels, and a time of unknown zone, so the entry counts as young.
    [GeneratedRegex(
        @"^\s*(?<requester>[A-Za-z]{1,64}):(?<state>[A-Za-z]{1,64}):(?<time>\d.{0,63}?)\s*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bare();
}
