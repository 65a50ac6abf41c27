using System.Globalization;
using MailFlowBot.Incidents;
using MailFlowBot.Skills.Texts;
using MailFlowBot.Wording;

namespace MailFlowBot.Cards;

/// <summary>Says statements, times and codes in one language.</summary>
internal sealed class Words(string language, DateTimeOffset now)
{
    public string Language => language;

    public string Say(string id, params (string Name, string Value)[] arguments) => Phrases.Say(language, id, arguments);

    /// <summary>The host's own sentence where it has one, else the skill's.</summary>
    public string Say(Statement statement) => Phrases.Has(statement.Id)
        ? Phrases.Say(language, statement.Id, statement.Args)
        : SkillTexts.Format(language, new Line(statement.Id, WithAge(statement.Args)));

    /// <summary>The same, for logs of another version: null where there is no such sentence any more.</summary>
    public static string? TrySay(string language, Statement statement) =>
        Phrases.Has(statement.Id) || SkillTexts.Has(statement.Id) ? new Words(language, DateTimeOffset.MaxValue).Say(statement) : null;

    /// <summary>A sentence for a code such as <c>refusal.expired</c>; the code itself where none is written.</summary>
    public string Code(string prefix, string code) => Phrases.Has(prefix + "." + code) ? Say(prefix + "." + code) : code;

    public string Ago(DateTimeOffset at)
    {
        var span = now - at;
        return span < TimeSpan.FromMinutes(1) ? Say("time.now")
            : span < TimeSpan.FromHours(1) ? Say("time.minutes", ("n", ((int)span.TotalMinutes).ToString(CultureInfo.InvariantCulture)))
            : span < TimeSpan.FromDays(2) ? Say("time.hours", ("n", ((int)span.TotalHours).ToString(CultureInfo.InvariantCulture)))
            : Say("time.days", ("n", ((int)span.TotalDays).ToString(CultureInfo.InvariantCulture)));
    }

    // A finding is concluded once and read for hours: how long ago something began is said when it is shown.
    private IReadOnlyDictionary<string, string> WithAge(IReadOnlyDictionary<string, string> arguments) =>
        arguments.TryGetValue("since", out var since)
            && DateTimeOffset.TryParseExact(since, "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new Dictionary<string, string>(arguments) { ["since"] = $"{since}, {Ago(at)}" }
            : arguments;
}
