using System.Collections.Immutable;

namespace MailFlowBot.Incidents;

/// <summary>
/// An incident as its events make it: a left fold, nothing else. Events that only note something (clicks refused, notes, checkpoints)
/// leave the state alone.
/// </summary>
internal sealed record Incident
{
    private Incident(IncidentId id, IncidentOpened opened)
    {
        Id = id;
        Opened = opened;
        Language = opened.Language;
    }

    public IncidentId Id { get; }

    public IncidentOpened Opened { get; }

    /// <summary>The language of the shared card: <c>en</c> or <c>ja</c>.</summary>
    public string Language { get; private init; }

    public ImmutableList<RecordedEvent> Events { get; private init; } = [];

    public long Length => Events.Count;

    public IncidentState State { get; private init; } = IncidentState.Reading;

    /// <summary>The newest reading of a message.</summary>
    public SymptomRead? Reading { get; private init; }

    /// <summary>The newest diagnosis.</summary>
    public DiagnosisMade? Diagnosis { get; private init; }

    /// <summary>Checks of the newest diagnosis round: the answer, or null while it is awaited.</summary>
    public ImmutableList<(CheckStarted Check, CheckAnswered? Answer)> Checks { get; private init; } = [];

    /// <summary>The newest plan, open or not.</summary>
    public PlanProposed? Plan { get; private init; }

    /// <summary>True while the newest plan can still be decided on.</summary>
    public bool PlanIsOpen { get; private init; }

    /// <summary>True when the newest plan was closed because a newer diagnosis took its place, and none followed it.</summary>
    public bool PlanIsReplaced { get; private init; }

    /// <summary>Decisions on the newest plan, in order.</summary>
    public ImmutableList<DecisionTaken> Decisions { get; private init; } = [];

    public ImmutableList<(StepStarted Step, StepFinished? End)> Steps { get; private init; } = [];

    public ExecutionEnded? Execution { get; private init; }

    /// <summary>How the plan before the newest one ended.</summary>
    public ExecutionEnded? Former { get; private init; }

    public SecondLook? SecondLook { get; private init; }

    /// <summary>The newest refusal code that the card must show: of the diagnosis, of the registration or of the execution.</summary>
    public string? Refusal { get; private init; }

    public PlanWithheld? Withheld { get; private init; }

    /// <summary>Message id of the root card.</summary>
    public string? CardMessage { get; private init; }

    /// <exception cref="ArgumentException">The events do not begin with <see cref="IncidentOpened"/>.</exception>
    public static Incident Fold(IReadOnlyList<RecordedEvent> events)
    {
        if (events.Count == 0 || events[0].Event is not IncidentOpened opened)
            throw new ArgumentException("An incident begins with incident-opened.", nameof(events));
        return new Incident(events[0].Incident, opened).With(events);
    }

    public Incident With(IReadOnlyList<RecordedEvent> events) => events.Aggregate(this, (incident, recorded) => incident.After(recorded));

    private Incident After(RecordedEvent recorded)
    {
        var next = this with { Events = Events.Add(recorded) };
        return recorded.Event switch
        {
            // A question about one thing does not take the button of another away.
            SymptomRead read => next with
            {
                Reading = read,
                State = PlanIsOpen ? IncidentState.AwaitingApproval : StateAfter(read),
                Checks = [],
            },
            // The first check after anything else begins a new round.
            CheckStarted check => next with
            {
                Checks = (State == IncidentState.Checking ? next.Checks : []).Add((check, null)),
                State = IncidentState.Checking,
            },
            CheckAnswered answer => next with { Checks = Answered(answer) },
            DiagnosisMade made => next with
            {
                Diagnosis = made,
                Refusal = made.Refusal ?? (Execution?.Outcome == "drifted" ? Refusal : null),
                Withheld = null,
                State = StateAfter(made),
            },
            PlanProposed plan => next with
            {
                Plan = plan,
                PlanIsOpen = true,
                PlanIsReplaced = false,
                Decisions = [],
                Steps = [],
                Former = Execution,
                Execution = null,
                SecondLook = null,
                // A new plan after a drift still says that the former one was refused, and why.
                Refusal = Execution?.Outcome == "drifted" ? Refusal : null,
                Withheld = null,
                State = IncidentState.AwaitingApproval,
            },
            PlanWithheld withheld => next with
            {
                Withheld = withheld,
                Refusal = withheld.Refusal,
                PlanIsOpen = false,
                // Where people may only look, the commands are the result; nothing was refused to anybody.
                State = withheld.Commands is null ? IncidentState.Refused : IncidentState.Findings,
            },
            PlanClosed closed when closed.Digest == Plan?.Digest => next with
            {
                PlanIsOpen = false,
                PlanIsReplaced = closed.Why == "superseded",
                State = closed.Why == "expired" ? IncidentState.Expired : closed.Why == "rejected" ? IncidentState.Refused : State,
                Refusal = closed.Why,
            },
            DecisionTaken decision when decision.Digest == Plan?.Digest => next with { Decisions = next.Decisions.Add(decision) },
            GrantIssued grant when grant.Digest == Plan?.Digest => next with { PlanIsOpen = false, State = IncidentState.Running },
            StepStarted step => next with { Steps = next.Steps.Add((step, null)), State = IncidentState.Running },
            StepFinished end => next with { Steps = Finished(end) },
            // After it was verified, only the second look can say that it did not hold.
            ExecutionEnded { Outcome: "no-effect" } lost when lost.Digest == Plan?.Digest && Execution?.Outcome == "verified" => next with
            {
                SecondLook = new SecondLook(lost.Digest, Held: false, lost.Conditions),
                State = IncidentState.NoEffect,
            },
            ExecutionEnded ended when ended.Digest == Plan?.Digest => next with
            {
                Execution = ended,
                PlanIsOpen = false,
                State = StateAfter(ended),
                Refusal = RefusalAfter(ended),
            },
            // The second look at a plan that a newer one followed is noted, and says nothing about the newer one.
            SecondLook look when look.Digest == Plan?.Digest => next with
            {
                SecondLook = look,
                State = look.Held ? IncidentState.Held : IncidentState.NoEffect,
            },
            LanguageChosen chosen => next with { Language = chosen.Language },
            CardShown shown => next with { CardMessage = shown.MessageId },
            IncidentClosed => next with { State = IncidentState.Closed, PlanIsOpen = false },
            _ => next,
        };
    }

    /// <summary>True when steps for people end in something to paste: the next message, or the box on the card, is that answer.</summary>
    public bool AwaitsPaste => State == IncidentState.Runbook && Diagnosis?.Ask is not null;

    private static IncidentState StateAfter(SymptomRead read) =>
        read.Class == "none_of_ours" ? IncidentState.NotOurs
        : read.Ask is not null && read.Servers.Count == 0 ? IncidentState.Asking
        : IncidentState.Checking;

    private static IncidentState StateAfter(DiagnosisMade made) =>
        // Beside findings, what is asked is something to paste: the steps for people stand first.
        made.Ask is not null && made.Findings.Count == 0 ? IncidentState.Asking
        : made.Runbook.Count > 0 ? IncidentState.Runbook
        : IncidentState.Findings;

    private static IncidentState StateAfter(ExecutionEnded ended) => ended.Outcome switch
    {
        "verified" => IncidentState.Verified,
        "no-effect" or "unknown" => IncidentState.NoEffect,
        "worse" => IncidentState.Worse,
        _ => IncidentState.Refused,
    };

    private static string? RefusalAfter(ExecutionEnded ended) =>
        ended.Outcome is "drifted" or "guard-refused" or "grant-refused" or "aborted" ? ended.Code ?? ended.Outcome : null;

    private ImmutableList<(CheckStarted, CheckAnswered?)> Answered(CheckAnswered answer)
    {
        var at = Checks.FindIndex(check => check.Answer is null && check.Check.Operation == answer.Operation && check.Check.Server == answer.Server);
        return at < 0 ? Checks : Checks.SetItem(at, (Checks[at].Check, answer));
    }

    private ImmutableList<(StepStarted, StepFinished?)> Finished(StepFinished end)
    {
        var at = Steps.FindIndex(step => step.Step.Index == end.Index && step.Step.Digest == end.Digest);
        return at < 0 ? Steps : Steps.SetItem(at, (Steps[at].Step, end));
    }
}
