using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// The only way to a change. Registers plans on its own readings, checks every grant itself, carries out one plan per server at a time
/// and at most once, writes everything down first and signs what it reports.
/// </summary>
public sealed class ExecutionAgent : IPlanRegistry, IExchangeExecutor, IDisposable
{
    private readonly AgentContext _context;
    private readonly PlanRegistration _registration;
    private readonly PlanBeginning _begin;
    private readonly ServerTurns _turns = new();
    private readonly ConcurrentDictionary<PlanDigest, CancellationTokenSource> _running = new();

    /// <param name="reader">Reads for the agent itself.</param>
    /// <param name="send">Sends one change, once; remote trouble is an outcome.</param>
    /// <param name="keys">Keys pinned on this host; of them those count that the policy lists.</param>
    /// <param name="journal">Opened before; stays the caller's to dispose.</param>
    /// <param name="agentKey">Signs reports. Not a key that signs approvals.</param>
    /// <param name="time">Waits, and the age of what the organisation says; jumps in a simulation.</param>
    /// <param name="people">Expiry, hours and rate; never jumps.</param>
    /// <exception cref="ArgumentException">The agent's own key is among those that sign approvals (AISVS 9.2.9).</exception>
    public ExecutionAgent(
        AgentName name,
        IExchangeReader reader,
        Func<ChangeOperation, CancellationToken, Task<ChangeOutcome>> send,
        AgentPolicy policy,
        TrustedKeys keys,
        Journal journal,
        ApprovalKey agentKey,
        TimeProvider time,
        TimeProvider people,
        AgentLimits? limits = null)
    {
        if (policy.TrustedKeys.Contains(agentKey.Id))
            throw new ArgumentException("The agent's own key must not be one that signs approvals: give it a key of its own.", nameof(agentKey));
        var within = limits ?? new AgentLimits();
        _context = new AgentContext(
            name, BootEpoch.New(), policy, policy.Hash, keys, journal, agentKey, new LiveReadings(reader, within, people), send, time, people,
            within, new TransportOutages());
        _registration = new PlanRegistration(_context);
        _begin = new PlanBeginning(_context);
        _context.Append(new AgentStarted(name, _context.Epoch));
    }

    public AgentStatus Status
    {
        get
        {
            var state = _context.Journal.State;
            return new(
                _context.Name,
                _context.Epoch,
                _context.Policy.Organization,
                _context.PolicyHash,
                _context.Key.Id,
                state.Freeze,
                [.. _running.Keys],
                [.. Unfinished(state).Select(known => known.Digest)],
                _context.Journal.Head);
        }
    }

    /// <inheritdoc/>
    public Task<Registration> RegisterAsync(PlanProposal proposal, CancellationToken cancellationToken) =>
        _registration.RegisterAsync(proposal, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ExecutionReport> ExecuteAsync(
        ApprovalGrant grant, ExecutionPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var digest = plan.Digest;
        if (Begin(grant, plan) is { } refusal)
        {
            yield return _context.Sign(refusal, digest);
            yield break;
        }

        // The run goes on at its own pace: what was sent is read back and written down even if nobody listens.
        var reports = Channel.CreateUnbounded<ExecutionReport>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[digest] = stop;
        var run = new PlanRun(_context, _turns).RunAsync(plan, reports.Writer, stop.Token);
        try
        {
            await foreach (var report in reports.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return report;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(false);
            _running.TryRemove(digest, out _);
        }
    }

    /// <summary>No change is registered or sent from now on; a step that was sent is still read back. Any reader may do this.</summary>
    public Task<FreezeState> FreezeAsync(PersonId by, string reason, CancellationToken cancellationToken) =>
        Frozen(FreezeOrigin.Channel, by, reason, stop: false, cancellationToken);

    /// <summary>Freezes, and stops what runs at once. Any reader may do this.</summary>
    public Task<FreezeState> StopAsync(PersonId by, string reason, CancellationToken cancellationToken) =>
        Frozen(FreezeOrigin.Channel, by, reason, stop: true, cancellationToken);

    /// <summary>A freeze set on the agent's own host; lifted only with <see cref="LiftOnHost"/> (AISVS 9.1.3).</summary>
    /// <param name="stop">Also stop what runs at once.</param>
    public FreezeState FreezeOnHost(string reason, bool stop) => Freeze(FreezeOrigin.Host, null, reason, stop);

    /// <summary>Ends a freeze of the channel with a grant for a plan of kind Lift, which takes two people.</summary>
    public Task<GrantVerdict> LiftAsync(ApprovalGrant grant, ExecutionPlan plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_begin.Lift(grant, plan));
    }

    /// <summary>Ends any freeze; reachable on the agent's own host only.</summary>
    public void LiftOnHost() =>
        _context.AppendIf(state => state.Freeze is null ? null : new FreezeLifted(FreezeOrigin.Host, null, null));

    /// <summary>
    /// Reads back what became of plans that were begun before the agent's last start and never ended. To be called once after the start;
    /// nothing is sent.
    /// </summary>
    public async Task<IReadOnlyList<ExecutionReport>> ResolveUnfinishedAsync(CancellationToken cancellationToken)
    {
        var reports = new List<ExecutionReport>();
        foreach (var known in Unfinished(_context.Journal.State))
        {
            reports.AddRange(await _turns.InTurnAsync(
                known.Plan.Steps[0].Server,
                () => new UnfinishedPlan(_context, known).ResolveAsync(cancellationToken),
                cancellationToken).ConfigureAwait(false));
        }

        return reports;
    }

    public void Dispose() => _turns.Dispose();

    private IReadOnlyList<KnownPlan> Unfinished(JournalState state) =>
        [.. state.Plans.Values.Where(known => known.Unfinished && !_running.ContainsKey(known.Digest))];

    private Task<FreezeState> Frozen(
        FreezeOrigin origin, PersonId by, string reason, bool stop, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Freeze(origin, by, reason, stop));
    }

    private FreezeState Freeze(FreezeOrigin origin, PersonId? by, string reason, bool stop)
    {
        try
        {
            _context.Append(new AgentFrozen(origin, by, reason));
        }
        finally
        {
            // Even when the freeze could not be written down: what runs is stopped, and without a journal nothing new begins.
            if (stop)
            {
                foreach (var run in _running.Values)
                    run.Cancel();
            }
        }

        return _context.Journal.State.Freeze ?? new FreezeState(origin, by, reason, _context.PeopleNow);
    }

    private ExecutionReport? Begin(ApprovalGrant grant, ExecutionPlan plan)
    {
        try
        {
            return _begin.Execution(grant, plan) is { } denied ? new GrantRefused(denied.Code, denied.Detail) : null;
        }
        catch (Exception fault) when (fault is IOException or FormatException)
        {
            // Not on the disk, so not begun.
            return new Aborted(fault.Message);
        }
    }
}
