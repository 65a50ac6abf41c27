using System.Threading.Channels;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Work that Teams does not wait for. Bounded: under overload deliveries are put off with 503, not piled up until memory ends. A place is
/// reserved before the delivery is recorded, so what was recorded is never turned away.
/// </summary>
internal sealed class ActivityQueue : IAsyncDisposable
{
    /// <summary>Activities that wait at most.</summary>
    public const int Capacity = 256;

    // A diagnosis mostly waits for servers. Many at once, so that "freeze" never queues behind a slow one.
    private const int Workers = 32;

    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    private readonly Channel<AdmittedActivity> _waiting = Channel.CreateBounded<AdmittedActivity>(Capacity);
    private readonly SemaphoreSlim _places = new(Capacity, Capacity);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<AdmittedActivity, CancellationToken, Task> _handle;
    private readonly ILogger _logger;
    private readonly Task _working;
    private volatile bool _closing;

    public ActivityQueue(Func<AdmittedActivity, CancellationToken, Task> handle, ILogger logger)
    {
        _handle = handle;
        _logger = logger;
        _working = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));
    }

    /// <summary>
    /// Takes a place; false when all are taken or the queue closes. Each place is used by <see cref="Enqueue"/> or given back.
    /// </summary>
    public bool TryReserve() => !_closing && _places.Wait(0);

    public void GiveBack() => _places.Release();

    /// <summary>Queues an activity on a reserved place.</summary>
    public void Enqueue(AdmittedActivity activity)
    {
        if (!_waiting.Writer.TryWrite(activity))
            throw new InvalidOperationException("The queue is closed, or no place was reserved.");
    }

    /// <summary>
    /// Takes no more. What was taken was recorded and is not delivered again, so it gets a few seconds to end before it is cancelled.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _waiting.Writer.TryComplete();
        // Failures of the work were logged where they happened; here only its end counts.
        await _working.WaitAsync(DrainPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _working.WaitAsync(DrainPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_working.IsCompleted)
        {
            // Whoever ignores the token still holds it.
            TeamsLog.WorkLeft(_logger);
            return;
        }

        _stopping.Dispose();
        _places.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var activity in _waiting.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                _places.Release();
                await HandleAsync(activity).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            TeamsLog.QueueStopped(_logger);
        }
    }

    private async Task HandleAsync(AdmittedActivity activity)
    {
        try
        {
            await _handle(activity, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            // One activity that fails must not end the worker for all others.
            TeamsLog.WorkFailed(_logger, exception);
        }
    }
}
