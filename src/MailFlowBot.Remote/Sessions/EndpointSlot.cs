using System.Threading.Channels;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// The sessions to one endpoint: as many seats as there may be sessions, lent in the order of the calls, each opened when it is first
/// needed and closed when it was unused for a while or its place in the budget is wanted.
/// </summary>
internal sealed class EndpointSlot : IAsyncDisposable
{
    private readonly EndpointName _endpoint;
    private readonly SessionPoolOptions _options;
    private readonly AccountState _account;
    private readonly EndpointResilience _resilience;
    private readonly Func<EndpointName, CancellationToken, Task<RemoteSession>> _open;
    private readonly TimeProvider _time;
    private readonly Channel<Seat> _seats;
    private readonly ITimer _idle;
    private readonly Lock _sync = new();
    private readonly HashSet<Task> _closings = [];
    private AccessRefused? _refused;
    private AllowedCommands? _allowed;

    public EndpointSlot(
        EndpointName endpoint,
        SessionPoolOptions options,
        AccountState account,
        Func<EndpointName, CancellationToken, Task<RemoteSession>> open,
        TimeProvider time)
    {
        _endpoint = endpoint;
        _options = options;
        _account = account;
        _open = open;
        _time = time;
        _resilience = new EndpointResilience(endpoint, options, time);
        _seats = Channel.CreateBounded<Seat>(options.SessionsPerEndpoint);
        for (var i = 0; i < options.SessionsPerEndpoint; i++)
            _seats.Writer.TryWrite(new Seat());
        _idle = time.CreateTimer(_ => CloseUnused(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public EndpointName Endpoint => _endpoint;

    public EndpointResilience Resilience => _resilience;

    /// <summary>Lends a seat; <see cref="Return"/> it.</summary>
    public ValueTask<Seat> LendAsync(CancellationToken cancellation) => _seats.Reader.ReadAsync(cancellation);

    public void Return(Seat seat)
    {
        if (seat.Session is { IsBroken: true })
            Close(seat, promised: false);
        else if (seat.Session is not null && ++seat.Calls >= _options.CallsBeforeYield && _account.Budget.TryPromise())
            Close(seat, promised: true);
        seat.UnusedSince = _time.GetTimestamp();
        _seats.Writer.TryWrite(seat);
        _idle.Change(_account.Budget.IsWanted ? _options.YieldTime : _options.IdleTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Somebody waits for a place: sessions that nobody uses go soon.</summary>
    public void YieldSoon() => _idle.Change(_options.YieldTime, Timeout.InfiniteTimeSpan);

    /// <summary>The seat's session, opened if need be.</summary>
    /// <exception cref="RemoteException">It could not be opened.</exception>
    public async Task<RemoteSession> SessionAsync(Seat seat, CancellationToken cancellation)
    {
        if (seat.Session is { IsBroken: false } open)
            return open;
        if (seat.Session is not null)
            Close(seat, promised: false);
        if (Volatile.Read(ref _refused) is { } before)
            throw new AccessRefused(before.Scope, $"Not tried again until the configuration or the right changes: {before.Message}", before);
        await _account.Budget.TakeAsync(cancellation).ConfigureAwait(false);
        try
        {
            seat.Session = await OpenAsync(cancellation).ConfigureAwait(false);
        }
        catch (AccessRefused e) when (e.Scope == RefusedScope.Endpoint)
        {
            Volatile.Write(ref _refused, e);
            throw;
        }
        finally
        {
            if (seat.Session is null)
                _account.Budget.Release(promised: false);
        }

        return seat.Session;
    }

    /// <summary>Null when the command may be sent, as far as the endpoint told.</summary>
    public async Task<InvocationOutcome.NotAllowed?> RefuseAsync(RemoteSession session, PsCommand command, CancellationToken cancellation)
    {
        if (_options.Commands.Count == 0)
            return null;
        if (Volatile.Read(ref _allowed) is not { } allowed)
        {
            allowed = await AskAsync(session, cancellation).ConfigureAwait(false);
            Volatile.Write(ref _allowed, allowed);
        }

        return allowed.Refuse(command);
    }

    /// <summary>Waits for the calls under way and closes all.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _options.SessionsPerEndpoint; i++)
            Close(await _seats.Reader.ReadAsync().ConfigureAwait(false), promised: false);
        _seats.Writer.Complete();
        await _idle.DisposeAsync().ConfigureAwait(false);
        Task[] closings;
        lock (_sync)
            closings = [.. _closings];
        await Task.WhenAll(closings).ConfigureAwait(false);
    }

    private async Task<RemoteSession> OpenAsync(CancellationToken cancellation)
    {
        using var activity = RemoteTelemetry.StartOpen(_endpoint);
        var start = _time.GetTimestamp();
        var outcome = nameof(OperationCanceledException);
        try
        {
            var session = await _resilience
                .OpenAsync(token => _account.OpenAsync(inner => _open(_endpoint, inner), token), cancellation)
                .ConfigureAwait(false);
            outcome = "Opened";
            return session;
        }
        catch (RemoteException e)
        {
            outcome = e.GetType().Name;
            throw;
        }
        finally
        {
            RemoteTelemetry.Opened(activity, _endpoint, outcome, _time.GetElapsedTime(start));
        }
    }

    private async Task<AllowedCommands> AskAsync(RemoteSession session, CancellationToken cancellation)
    {
        var answer = await session.GetCommandMetadataAsync(new GetCommandMetadata(_options.Commands), cancellation).ConfigureAwait(false);
        var offered = answer.Streams.Outputs.Select(CommandMetadata.Read).OfType<CommandMetadata>().ToList();

        // An endpoint without Get-Command, or one that lists nothing, says nothing about rights: everything is sent then.
        var isTold = answer is InvocationOutcome.Completed && offered.Count > 0;
        return new AllowedCommands(
            isTold ? _options.Commands : [], offered, $"The role of {_options.AccountOf(_endpoint).Name} at {_endpoint}");
    }

    private void CloseUnused()
    {
        var next = Timeout.InfiniteTimeSpan;
        for (var i = 0; i < _options.SessionsPerEndpoint && _seats.Reader.TryRead(out var seat); i++)
        {
            if (seat.Session is not null)
            {
                var left = _options.IdleTime - _time.GetElapsedTime(seat.UnusedSince);
                var promised = left > TimeSpan.Zero && _account.Budget.TryPromise();
                if (promised || left <= TimeSpan.Zero)
                    Close(seat, promised);
                else if (next == Timeout.InfiniteTimeSpan || left < next)
                    next = left;
            }

            _seats.Writer.TryWrite(seat);
        }

        if (next != Timeout.InfiniteTimeSpan)
            _idle.Change(next, Timeout.InfiniteTimeSpan);
    }

    private void Close(Seat seat, bool promised)
    {
        if (seat.Session is not { } session)
            return;
        (seat.Session, seat.Calls) = (null, 0);
        lock (_sync)
        {
            _closings.RemoveWhere(closing => closing.IsCompletedSuccessfully);
            _closings.Add(CloseAsync(session, promised));
        }
    }

    private async Task CloseAsync(RemoteSession session, bool promised)
    {
        try
        {
            // Off the caller's thread: a dead server answers the Delete late or never.
            await Task.Yield();
            await session.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            RemoteTelemetry.Closed(_endpoint);
            _account.Budget.Release(promised);
        }
    }

    internal sealed class Seat
    {
        public RemoteSession? Session { get; set; }

        public int Calls { get; set; }

        public long UnusedSince { get; set; }
    }
}
