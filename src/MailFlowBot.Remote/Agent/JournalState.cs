using System.Collections.Immutable;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>What follows from all journal entries so far. Pure: entries in, the next state out.</summary>
internal sealed record JournalState
{
    public static readonly JournalState Empty = new();

    public ImmutableDictionary<Nonce, KnownPlan> Plans { get; private init; } = ImmutableDictionary<Nonce, KnownPlan>.Empty;

    /// <summary>In the order they were sent.</summary>
    public ImmutableList<ExecutedChange> Changes { get; private init; } = [];

    public FreezeState? Freeze { get; private init; }

    private ImmutableDictionary<PlanDigest, Nonce> Nonces { get; init; } = ImmutableDictionary<PlanDigest, Nonce>.Empty;

    public KnownPlan? Find(PlanDigest digest) => Nonces.TryGetValue(digest, out var nonce) ? Plans[nonce] : null;

    public IEnumerable<ExecutedChange> ChangesOf(PlanDigest digest) => Changes.Where(change => change.Plan == digest);

    public IEnumerable<ExecutedChange> ChangesSince(DateTimeOffset from) => Changes.Where(change => change.At >= from);

    /// <summary>Fixes of a server that ended without effect or worse.</summary>
    public int IneffectiveFixes(ServerName server, DateTimeOffset from) => Plans.Values.Count(known =>
        known is { Plan.Kind: PlanKind.Fix, Ending: PlanEnding.NoEffect or PlanEnding.Worse } && known.EndedAt >= from
        && known.Plan.Steps.Any(step => step.Server == server));

    /// <summary>Plans that wait for a decision.</summary>
    public int Open(BootEpoch epoch, DateTimeOffset now) =>
        Plans.Values.Count(known => !known.Spent && known.Plan.Epoch == epoch && known.Plan.Expiry > now);

    public JournalState Apply(JournalEntry entry, DateTimeOffset at) => entry switch
    {
        AgentStarted => ForgetOpen(),
        GrantRejected rejected => With(rejected.Plan, known => known with { Refusals = known.Refusals + 1 }),
        PlanRegistered registered => Register(registered.Plan),
        PlanBegun begun => Spend(begun.Nonce),
        StepIntended intended => this with
        {
            Changes = Changes.Add(new(
                intended.Plan, intended.Index, intended.Change, intended.Inverse, intended.Verify, at, Ending: null)),
        },
        StepEnded ended => EndStep(ended),
        PlanEnded ended => With(ended.Plan, known => known with { Ending = ended.Ending, EndedAt = at }),
        // A freeze set on the host stands above one from the channel.
        AgentFrozen frozen => Freeze?.Origin == FreezeOrigin.Host
            ? this
            : this with { Freeze = new FreezeState(frozen.Origin, frozen.By, frozen.Reason, at) },
        FreezeLifted lifted => (lifted.Nonce is { } nonce ? Spend(nonce) : this) with { Freeze = null },
        _ => throw new ArgumentException($"An entry of type {entry.GetType().Name} has no meaning.", nameof(entry)),
    };

    private JournalState Register(ExecutionPlan plan)
    {
        var digest = plan.Digest;
        return this with
        {
            Plans = Plans.SetItem(plan.Nonce, new KnownPlan(plan, digest)),
            Nonces = Nonces.SetItem(digest, plan.Nonce),
        };
    }

    private JournalState Spend(Nonce nonce) => Plans.TryGetValue(nonce, out var known)
        ? this with { Plans = Plans.SetItem(nonce, known with { Spent = true }) }
        : this;

    private JournalState EndStep(StepEnded ended)
    {
        var index = Changes.FindLastIndex(change => change.Plan == ended.Plan && change.Index == ended.Index);
        return index < 0 ? this : this with { Changes = Changes.SetItem(index, Changes[index] with { Ending = ended.Ending }) };
    }

    /// <summary>Plans of an earlier start that were never begun are refused by their epoch and of no further use.</summary>
    private JournalState ForgetOpen()
    {
        var open = Plans.Values.Where(known => !known.Spent).ToList();
        return this with
        {
            Plans = Plans.RemoveRange(open.Select(known => known.Plan.Nonce)),
            Nonces = Nonces.RemoveRange(open.Select(known => known.Digest)),
        };
    }

    private JournalState With(PlanDigest digest, Func<KnownPlan, KnownPlan> change) => Find(digest) is { } known
        ? this with { Plans = Plans.SetItem(known.Plan.Nonce, change(known)) }
        : this;
}
