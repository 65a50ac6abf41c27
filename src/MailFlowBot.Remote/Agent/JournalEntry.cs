using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>What an agent writes down before it acts on it (AISVS 12.4.2).</summary>
internal abstract record JournalEntry
{
    private protected JournalEntry()
    {
    }
}

internal sealed record AgentStarted(AgentName Agent, BootEpoch Epoch) : JournalEntry;

internal sealed record PlanRegistered(ExecutionPlan Plan) : JournalEntry;

/// <summary>A grant for a registered plan was refused.</summary>
internal sealed record GrantRejected(PlanDigest Plan, GrantRefusal Code, string Detail) : JournalEntry;

/// <summary>From here on the nonce is spent, whatever happens.</summary>
internal sealed record PlanBegun(Nonce Nonce, ApprovalGrant Grant) : JournalEntry;

/// <summary>Written before the change is sent, with all that is needed to judge it after a crash.</summary>
internal sealed record StepIntended(
    PlanDigest Plan, int Index, ChangeOperation Change, ChangeOperation? Inverse, IReadOnlyList<Condition> Verify) : JournalEntry;

internal sealed record StepEnded(PlanDigest Plan, int Index, StepEnding Ending, string Detail) : JournalEntry;

internal enum StepEnding { Completed, Failed, Unknown }

internal sealed record PlanEnded(PlanDigest Plan, PlanEnding Ending, string Detail) : JournalEntry;

internal sealed record AgentFrozen(FreezeOrigin Origin, PersonId? By, string Reason) : JournalEntry;

/// <param name="Grant">Two people's grant for a freeze of the channel, whose nonce is thereby spent; null on the host.</param>
internal sealed record FreezeLifted(FreezeOrigin Origin, Nonce? Nonce, ApprovalGrant? Grant) : JournalEntry;
