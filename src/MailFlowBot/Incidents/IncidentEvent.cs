using System.Text.Json.Serialization;

namespace MailFlowBot.Incidents;

/// <summary>
/// One thing that happened in an incident. Appended, never changed; what people wrote or endpoints answered was redacted before it got
/// here. The <c>type</c> names are part of the transcript format.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(IncidentOpened), "incident-opened")]
[JsonDerivedType(typeof(MessageHeard), "message-heard")]
[JsonDerivedType(typeof(SymptomRead), "symptom-read")]
[JsonDerivedType(typeof(CheckStarted), "check-started")]
[JsonDerivedType(typeof(CheckAnswered), "check-answered")]
[JsonDerivedType(typeof(DiagnosisMade), "diagnosis-made")]
[JsonDerivedType(typeof(PlanProposed), "plan-proposed")]
[JsonDerivedType(typeof(PlanWithheld), "plan-withheld")]
[JsonDerivedType(typeof(PlanClosed), "plan-closed")]
[JsonDerivedType(typeof(DecisionTaken), "decision-taken")]
[JsonDerivedType(typeof(ClickRefused), "click-refused")]
[JsonDerivedType(typeof(GrantIssued), "grant-issued")]
[JsonDerivedType(typeof(StepStarted), "step-started")]
[JsonDerivedType(typeof(StepFinished), "step-finished")]
[JsonDerivedType(typeof(ExecutionEnded), "execution-ended")]
[JsonDerivedType(typeof(SecondLook), "second-look")]
[JsonDerivedType(typeof(CardShown), "card-shown")]
[JsonDerivedType(typeof(NoteAdded), "note-added")]
[JsonDerivedType(typeof(LanguageChosen), "language-chosen")]
[JsonDerivedType(typeof(Frozen), "frozen")]
[JsonDerivedType(typeof(Lifted), "lifted")]
[JsonDerivedType(typeof(IncidentClosed), "incident-closed")]
[JsonDerivedType(typeof(Checkpoint), "checkpoint")]
internal abstract record IncidentEvent;

/// <summary>A message id with arguments, never a sentence: the card and the transcript say it in the reader's language.</summary>
/// <param name="Source">The read or the server that it rests on; null for what rests on none.</param>
/// <param name="At">When that was read (UTC).</param>
internal sealed record Statement(string Id, IReadOnlyDictionary<string, string> Args, string? Source = null, DateTimeOffset? At = null);

/// <param name="Hears"><c>mentions</c> or <c>all</c>: what the bot could hear, and so what this log can hold.</param>
/// <param name="Simulated">True for a drill or the simulated organisation.</param>
/// <param name="AcceptedRisk">True where bot and agent share a process before a real organisation; else null.</param>
internal sealed record IncidentOpened(
    Person By, Conversation Conversation, string Language, string Organization, bool Simulated, string Hears, string? Drill,
    bool? AcceptedRisk = null) : IncidentEvent;

/// <param name="Redacted">How many parts were masked before storing.</param>
internal sealed record MessageHeard(Person From, string MessageId, string Text, int Redacted) : IncidentEvent;

/// <summary>A class that the text may mean, and what spoke for it.</summary>
internal sealed record ReadCandidate(string Class, double Score, IReadOnlyList<string> Because);

/// <summary>What was understood from a message.</summary>
internal sealed record SymptomRead(
    string MessageId, string Language, string? Class, double Confidence, bool Abstained, IReadOnlyList<ReadCandidate> Candidates,
    IReadOnlyList<string> Servers, IReadOnlyList<Statement> UnknownServers, IReadOnlyList<string> Articles, Statement? Ask) : IncidentEvent;

internal sealed record CheckStarted(string Operation, string? Server) : IncidentEvent;

/// <param name="Reason">Null when something was seen; else the reason of the catalogue, in its spelling.</param>
/// <param name="AnsweredBy">The server that really answered.</param>
/// <param name="AnswerHash">Salted SHA-256 of the raw answer, which lives apart; null when there was none.</param>
internal sealed record CheckAnswered(
    string Operation, string? Server, string? Reason, string? Detail, string? AnsweredBy, double TookMs, string? AnswerHash) : IncidentEvent;

/// <summary>One finding of a diagnosis.</summary>
/// <param name="Explains"><c>explains</c>, <c>partly</c> or <c>does-not-explain</c>.</param>
internal sealed record FindingMade(
    string Class, string? Server, string Explains, double Confidence, string Article, string Paragraph, Statement Headline,
    IReadOnlyList<Statement> Evidence, IReadOnlyList<Statement> Against, IReadOnlyList<Statement> NotSeen);

/// <param name="Refusal">Why there is no plan although something was found; null when there is one or nothing was found.</param>
internal sealed record DiagnosisMade(
    IReadOnlyList<FindingMade> Findings, string? Refusal, Statement? Ask, IReadOnlyList<Statement> Runbook) : IncidentEvent;

/// <summary>A step as people read it.</summary>
internal sealed record PlannedStep(string Operation, string Server, string Command, string Reversibility);

/// <param name="Effect"><c>passes</c>, <c>raises-to-b</c> or <c>refuses</c>.</param>
internal sealed record GuardSeen(string Guard, string Reading, string Effect);

/// <summary>A plan that the agent registered.</summary>
/// <param name="Kind"><c>fix</c>, <c>inverse</c> or <c>lift</c>.</param>
/// <param name="Plan">Canonical JSON of the plan, exactly the bytes that the digest is over.</param>
/// <param name="ClickToken">Opaque one-time id that the card's buttons carry.</param>
/// <param name="Level">What the approval proves: 1 the bot vouches for who clicked.</param>
internal sealed record PlanProposed(
    string Kind, string Plan, string Digest, string Class, int Quorum, string ClickToken, DateTimeOffset Expires, int Level,
    IReadOnlyList<PlannedStep> Steps, IReadOnlyList<GuardSeen> Guards, Statement? Effect, Statement? Risk,
    IReadOnlyList<Statement> Questions, IReadOnlyList<Statement> Guided, IReadOnlyList<Person> Requesters) : IncidentEvent;

/// <summary>A plan that was wanted and that nobody can approve.</summary>
/// <param name="Refusal">Why the agent did not register it; <c>read-only</c> when it was not even asked.</param>
/// <param name="Commands">What the plan would have done, for people to carry out themselves; null where that is not shown.</param>
internal sealed record PlanWithheld(
    string Refusal, string Detail, IReadOnlyList<GuardSeen> Guards, IReadOnlyList<PlannedStep>? Commands = null) : IncidentEvent;

/// <param name="Why"><c>expired</c>, <c>superseded</c> or <c>rejected</c>.</param>
internal sealed record PlanClosed(string Digest, string Why) : IncidentEvent;

/// <param name="SignedDecision">The signed decision record, canonical JSON.</param>
internal sealed record DecisionTaken(
    Person By, string Digest, bool Approve, string Reason, string ActivityId, string SignedDecision) : IncidentEvent;

/// <summary>A click that was refused; the code says why, and it stands in the transcript.</summary>
internal sealed record ClickRefused(Person By, string Code, string Verb, string? Digest) : IncidentEvent;

/// <summary>The grant that went to the agent, canonical JSON.</summary>
internal sealed record GrantIssued(string Digest, string Grant) : IncidentEvent;

internal sealed record StepStarted(string Digest, int Index, string Operation, string Server, string Command) : IncidentEvent;

/// <param name="Outcome"><c>completed</c>, <c>failed</c>, <c>stopped</c> or <c>lost</c>.</param>
internal sealed record StepFinished(string Digest, int Index, string Outcome, string? Detail, double TookMs) : IncidentEvent;

/// <summary>A condition with what was read before and after; null where it could not be read.</summary>
internal sealed record ConditionSeen(string Read, string Path, string Expected, string? Before, string? After, bool Holds);

/// <param name="Outcome">
/// <c>verified</c>, <c>no-effect</c>, <c>worse</c>, <c>unknown</c>, or before anything was sent <c>drifted</c>, <c>guard-refused</c>,
/// <c>grant-refused</c>, <c>aborted</c>.
/// </param>
/// <param name="AgentSignature">The agent's signature over its report, base64; null when the agent refused before signing.</param>
internal sealed record ExecutionEnded(
    string Digest, string Outcome, string? Code, string? Detail, IReadOnlyList<ConditionSeen> Conditions, string? AgentSignature)
    : IncidentEvent;

/// <summary>The second look, 15 minutes after the first.</summary>
internal sealed record SecondLook(string Digest, bool Held, IReadOnlyList<ConditionSeen> Conditions) : IncidentEvent;

/// <summary>The incident's one root card has this message id.</summary>
internal sealed record CardShown(string MessageId) : IncidentEvent;

internal sealed record NoteAdded(Person By, string Text, int Redacted) : IncidentEvent;

/// <summary>The thread is answered in this language from now on.</summary>
internal sealed record LanguageChosen(Person By, string Language) : IncidentEvent;

/// <summary>Everything that changes a server is halted.</summary>
internal sealed record Frozen(Person By, string Reason) : IncidentEvent;

internal sealed record Lifted(string Digest) : IncidentEvent;

internal sealed record IncidentClosed(Person By) : IncidentEvent;

/// <summary>A signature over the chain up to the event before it.</summary>
/// <param name="Head">Hash of that event.</param>
internal sealed record Checkpoint(string Head, string KeyId, string Signature) : IncidentEvent;
