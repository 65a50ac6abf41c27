using System.Globalization;
using MailFlowBot.Incidents;

namespace MailFlowBot.Transcripts;

/// <summary>What stands below the headline of each kind of event.</summary>
internal sealed class EntryLines(TranscriptStrings strings, Wording wording)
{
    public IEnumerable<string> Of(IncidentEvent happened) => happened switch
    {
        IncidentOpened e => Who(e.By),
        MessageHeard e => [.. Who(e.From), .. Masked(e.Redacted)],
        SymptomRead e => Reading(e),
        CheckAnswered e =>
        [
            .. Given("line.detail", "detail", e.Detail), .. Given("line.answered-by", "server", e.AnsweredBy),
            .. Given("line.answer-hash", "hash", e.AnswerHash),
        ],
        DiagnosisMade e => Diagnosis(e),
        PlanProposed e => Plan(e),
        PlanWithheld e => [.. Given("line.detail", "detail", e.Detail), .. e.Guards.Select(Guard)],
        PlanClosed e => [Say("line.digest", ("digest", e.Digest))],
        DecisionTaken e =>
        [
            .. Who(e.By), .. Given("line.reason", "reason", e.Reason), Say("line.activity", ("id", e.ActivityId)),
            Say("line.digest", ("digest", e.Digest)),
        ],
        ClickRefused e => [.. Who(e.By), .. Given("line.digest", "digest", e.Digest)],
        GrantIssued e => [Say("line.digest", ("digest", e.Digest))],
        StepFinished e => Given("line.detail", "detail", e.Detail),
        ExecutionEnded e =>
        [
            .. Given("line.code", "code", e.Code), .. Given("line.detail", "detail", e.Detail), .. e.Conditions.Select(Condition),
            e.AgentSignature is null ? Say("line.agent-unsigned") : Say("line.agent-signed", ("signature", e.AgentSignature)),
        ],
        SecondLook e => e.Conditions.Select(Condition),
        CardShown e => [Say("line.message", ("id", e.MessageId))],
        NoteAdded e => [.. Who(e.By), .. Masked(e.Redacted)],
        Frozen e => [.. Who(e.By), .. Given("line.reason", "reason", e.Reason)],
        Lifted e => [Say("line.digest", ("digest", e.Digest))],
        IncidentClosed e => Who(e.By),
        LanguageChosen e => Who(e.By),
        Checkpoint e => [Say("line.head", ("head", e.Head)), Say("line.key", ("key", e.KeyId))],
        CheckStarted or StepStarted => [],
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no lines."),
    };

    private IEnumerable<string> Reading(SymptomRead read)
    {
        yield return read.Class is null || read.Abstained
            ? Say("line.abstained", ("language", read.Language))
            : Say("line.read-as", ("class", read.Class), ("confidence", Percent(read.Confidence)));
        foreach (var candidate in read.Candidates)
        {
            yield return Say("line.candidate", ("class", candidate.Class), ("score", Percent(candidate.Score)));
            foreach (var because in candidate.Because)
                yield return Say("line.because", ("text", because));
        }

        foreach (var line in Several("line.servers", "servers", read.Servers)
            .Concat(Several("line.unknown-servers", "servers", [.. read.UnknownServers.Select(Say)]))
            .Concat(Several("line.articles", "articles", read.Articles))
            .Concat(Said("line.ask", read.Ask)))
            yield return line;
    }

    private IEnumerable<string> Diagnosis(DiagnosisMade made)
    {
        foreach (var finding in made.Findings)
        {
            yield return Say(
                "line.finding",
                ("headline", Say(finding.Headline)),
                ("class", finding.Class),
                ("explains", strings.Word(finding.Explains)),
                ("confidence", Percent(finding.Confidence)),
                ("article", finding.Article),
                ("paragraph", finding.Paragraph));
            foreach (var line in finding.Evidence.SelectMany(said => Said("line.evidence", said))
                .Concat(finding.Against.SelectMany(said => Said("line.against", said)))
                .Concat(finding.NotSeen.SelectMany(said => Said("line.not-seen", said))))
                yield return line;
        }

        foreach (var line in Given("line.refusal", "refusal", made.Refusal)
            .Concat(Said("line.ask", made.Ask))
            .Concat(made.Runbook.SelectMany(said => Said("line.runbook", said))))
            yield return line;
    }

    private IEnumerable<string> Plan(PlanProposed plan) =>
    [
        Say("line.kind", ("kind", strings.Word(plan.Kind))),
        Say("line.digest", ("digest", plan.Digest)),
        Say("line.expires", ("time", TranscriptTime.Write(plan.Expires))),
        Say("line.level", ("level", EntryTitle.Number(plan.Level))),
        .. plan.Steps.Select((step, index) => Say(
            "line.reversibility",
            ("index", EntryTitle.Number(index + 1)),
            ("server", step.Server),
            ("reversibility", strings.Word(step.Reversibility)))),
        .. plan.Guards.Select(Guard),
        .. Said("line.effect", plan.Effect),
        .. Said("line.risk", plan.Risk),
        .. plan.Questions.SelectMany(said => Said("line.question", said)),
        .. plan.Guided.SelectMany(said => Said("line.runbook", said)),
        .. Several("line.requesters", "names", [.. plan.Requesters.Select(person => person.Name)]),
    ];

    private string Guard(GuardSeen guard) =>
        Say("line.guard", ("guard", guard.Guard), ("reading", guard.Reading), ("effect", strings.Word(guard.Effect)));

    private string Condition(ConditionSeen seen) => Say(
        seen.Holds ? "line.condition-met" : "line.condition-unmet",
        ("read", seen.Read),
        ("path", seen.Path),
        ("expected", seen.Expected),
        ("before", seen.Before ?? strings.Word("not-read")),
        ("after", seen.After ?? strings.Word("not-read")));

    private IEnumerable<string> Who(Person person)
    {
        yield return Say("line.person", ("id", person.ObjectId.ToString()), ("tenant", person.Tenant.ToString()));
        if (person.IsGuest)
            yield return Say("line.guest");
    }

    private IEnumerable<string> Masked(int count) => count == 0 ? [] : [Say("line.masked", ("count", EntryTitle.Number(count)))];

    private IEnumerable<string> Given(string key, string argument, string? value) =>
        string.IsNullOrEmpty(value) ? [] : [Say(key, (argument, value))];

    private IEnumerable<string> Several(string key, string argument, IReadOnlyList<string> values) =>
        values.Count == 0 ? [] : [Say(key, (argument, string.Join(", ", values)))];

    private IEnumerable<string> Said(string key, Statement? statement) => statement is null ? [] : [Say(key, ("text", Say(statement)))];

    // An id without its text is still evidence, and so is where and when it was read.
    private string Say(Statement statement)
    {
        var arguments = statement.Args.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}");
        var text = wording(strings.Language, statement) ?? string.Join(' ', arguments.Prepend(statement.Id));
        var read = statement.At is { } at ? TranscriptTime.Write(at) : null;
        var origin = string.Join(", ", new[] { statement.Source, read }.OfType<string>());
        return origin.Length == 0 ? text : $"{text} ({origin})";
    }

    private string Say(string key, params ReadOnlySpan<(string Name, string Value)> arguments) => strings.Say(key, arguments);

    private static string Percent(double share) => share.ToString("0\u00A0%", CultureInfo.InvariantCulture);
}
