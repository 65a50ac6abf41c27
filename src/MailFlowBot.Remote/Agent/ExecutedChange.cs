using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>A change that was, or may have been, sent.</summary>
/// <param name="Inverse">What restores the state recorded before it; null where nothing does.</param>
/// <param name="Verify">What must be so when it took effect.</param>
/// <param name="Ending">Null while the journal does not say how it ended.</param>
internal sealed record ExecutedChange(
    PlanDigest Plan,
    int Index,
    ChangeOperation Change,
    ChangeOperation? Inverse,
    IReadOnlyList<Condition> Verify,
    DateTimeOffset At,
    StepEnding? Ending);
