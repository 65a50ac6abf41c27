using System.Globalization;
using MailFlowBot.Incidents;

namespace MailFlowBot.Transcripts;

/// <summary>The headline of each kind of event.</summary>
internal static class EntryTitle
{
    /// <param name="checkpoint">Number of the checkpoint, counted from 1; read for checkpoints only.</param>
    public static string Of(RecordedEvent recorded, TranscriptStrings strings, int checkpoint) => recorded.Event switch
    {
        IncidentOpened e => strings.Say("event.incident-opened", ("by", e.By.Name)),
        MessageHeard e => strings.Say("event.message-heard", ("from", e.From.Name)),
        SymptomRead => strings.Say("event.symptom-read"),
        CheckStarted e => strings.Say("event.check-started", ("operation", e.Operation), ("server", Server(e.Server, strings))),
        CheckAnswered { Reason: { } reason } e => strings.Say(
            "event.check-not-seen", ("operation", e.Operation), ("server", Server(e.Server, strings)), ("reason", reason)),
        CheckAnswered e => strings.Say(
            "event.check-answered", ("operation", e.Operation), ("server", Server(e.Server, strings)), ("ms", Ms(e.TookMs))),
        DiagnosisMade { Findings.Count: 0 } => strings.Say("event.diagnosis-empty"),
        DiagnosisMade e => strings.Say("event.diagnosis-made", ("count", Number(e.Findings.Count))),
        PlanProposed e => strings.Say(
            "event.plan-proposed", ("digest", Short(e.Digest)), ("class", e.Class), ("quorum", Number(e.Quorum))),
        PlanWithheld e => strings.Say("event.plan-withheld", ("refusal", e.Refusal)),
        PlanClosed e => strings.Say("event.plan-closed", ("digest", Short(e.Digest)), ("why", strings.Word(e.Why))),
        DecisionTaken { Approve: true } e => strings.Say("event.decision-approved", ("by", e.By.Name), ("digest", Short(e.Digest))),
        DecisionTaken e => strings.Say("event.decision-rejected", ("by", e.By.Name), ("digest", Short(e.Digest))),
        ClickRefused e => strings.Say("event.click-refused", ("by", e.By.Name), ("verb", e.Verb), ("code", e.Code)),
        GrantIssued e => strings.Say("event.grant-issued", ("digest", Short(e.Digest))),
        StepStarted e => strings.Say(
            "event.step-started", ("index", Number(e.Index + 1)), ("operation", e.Operation), ("server", e.Server)),
        StepFinished e => strings.Say(
            "event.step-finished", ("index", Number(e.Index + 1)), ("ms", Ms(e.TookMs)), ("outcome", strings.Word(e.Outcome))),
        ExecutionEnded e => strings.Say("event.execution-ended", ("outcome", strings.Word(e.Outcome))),
        SecondLook { Held: true } => strings.Say("event.second-look-held"),
        SecondLook => strings.Say("event.second-look-lost"),
        CardShown => strings.Say("event.card-shown"),
        LanguageChosen e => strings.Say("event.language-chosen", ("by", e.By.Name), ("language", e.Language)),
        NoteAdded e => strings.Say("event.note-added", ("by", e.By.Name)),
        Frozen e => strings.Say("event.frozen", ("by", e.By.Name)),
        Lifted e => strings.Say("event.lifted", ("digest", Short(e.Digest))),
        IncidentClosed e => strings.Say("event.incident-closed", ("by", e.By.Name)),
        Checkpoint => strings.Say("event.checkpoint", ("number", Number(checkpoint)), ("sequence", Number(recorded.Sequence - 1))),
        var other => throw new InvalidOperationException($"{other.GetType().Name} has no headline."),
    };

    /// <summary>Enough of a digest to tell plans apart; the whole one stands among the lines.</summary>
    public static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Ms(double took) => took.ToString("F0", CultureInfo.InvariantCulture);

    private static string Server(string? server, TranscriptStrings strings) => server ?? strings.Say("no-server");
}
