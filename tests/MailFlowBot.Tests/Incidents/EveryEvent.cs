using MailFlowBot.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Incidents;

/// <summary>One event of every kind, in the order of an incident that went through all of them.</summary>
internal static class EveryEvent
{
    public const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly Statement Headline = new(
        "hub-transport-inactive.headline",
        new Dictionary<string, string> { ["server"] = "EX03", ["requester"] = "Functional" },
        "Get-ServerComponentState EX03",
        Happenings.Start);

    private static readonly ConditionSeen Component =
        new("component-states EX03", "HubTransport.State", "Active", "Inactive", "Active", Holds: true);

    public static readonly IReadOnlyList<IncidentEvent> All =
    [
        Happenings.Opened(),
        new MessageHeard(Cast.Alice, "m-1", "users on EX03 say mail stays in Outbox\ntelnet gives 421 4.3.2 Service not active", 0),
        new SymptomRead(
            "m-1", "en", "component_inactive", 0.93, Abstained: false,
            [new ReadCandidate("component_inactive", 0.93, ["421 4.3.2 Service not active"]), new ReadCandidate("back_pressure", 0.04, [])],
            ["EX03"], [new Statement("reading.unknown-server", new Dictionary<string, string> { ["name"] = "EX99", ["nearest"] = "EX03" })],
            ["KB2866822"], Ask: null),
        new CheckStarted("component-states", "EX03"),
        new CheckAnswered("component-states", "EX03", null, null, "EX03", 412.5, new string('a', 64)),
        new CheckStarted("certificates", "EX03"),
        new CheckAnswered("certificates", "EX03", "access-denied", "the role is missing", null, 12, null),
        new DiagnosisMade(
            [
                new FindingMade(
                    "component_inactive", "EX03", "explains", 0.97, "KB2866822", "Cause", Headline, [Headline],
                    [new Statement("hub-transport-inactive.against", new Dictionary<string, string>())],
                    [new Statement("not-seen.certificates", new Dictionary<string, string> { ["server"] = "EX03" })]),
            ],
            Refusal: null, Ask: null, Runbook: []),
        new PlanWithheld("guard-unreadable", "queue digest", [new GuardSeen("submission-queue", "not seen", "refuses")]),
        new PlanProposed(
            "fix", """{"class":"A"}""", Digest, "A", 1, "click-1", Happenings.Start.AddMinutes(15), 1,
            [
                new PlannedStep(
                    "set-component-state", "EX03",
                    "Set-ServerComponentState EX03 -Component HubTransport -State Active -Requester Functional", "reversible"),
                new PlannedStep("restart-service", "EX03", "Restart-Service MSExchangeTransport", "irreversible"),
            ],
            [new GuardSeen("submission-queue", "12", "passes")],
            new Statement("plan.effect", new Dictionary<string, string>()), new Statement("plan.risk", new Dictionary<string, string>()),
            [], [], [Cast.Alice]),
        new ClickRefused(Cast.Alice, "own-request", "fix.approve", Digest),
        new DecisionTaken(Cast.Bob, Digest, Approve: true, "agreed with the change owner", "act-1", """{"by":"bob"}"""),
        new GrantIssued(Digest, """{"digest":"9f86"}"""),
        new StepStarted(Digest, 0, "set-component-state", "EX03", "Set-ServerComponentState EX03 -Component HubTransport"),
        new StepFinished(Digest, 0, "completed", null, 1830.25),
        new StepStarted(Digest, 1, "restart-service", "EX03", "Restart-Service MSExchangeTransport"),
        new StepFinished(Digest, 1, "lost", "the connection ended before the answer", 30000),
        new ExecutionEnded(Digest, "verified", null, null, [Component], "c2lnbmF0dXJl"),
        new SecondLook(Digest, Held: true, [Component]),
        new CardShown("card-1"),
        new LanguageChosen(Cast.Alice, "ja"),
        new NoteAdded(Cast.Carol, "handover: EX03 is fine", 0),
        new Frozen(Cast.Carol, "change freeze until Monday"),
        new Lifted(Digest),
        new PlanClosed(Digest, "superseded"),
        new IncidentClosed(Cast.Alice),
        new Checkpoint(new string('b', 64), new string('c', 32), new string('d', 128)),
    ];
}
