using System.Collections.Concurrent;

namespace MailFlowBot.Hosting;

/// <summary>
/// Work that outlives the request which started it. A fault in it is told to <paramref name="failed"/> and stops nothing else. Knows when
/// all of it is done, so that a script can wait for its line's end and a stopping host for its last report.
/// </summary>
internal sealed class Backlog(Action<string, Exception> failed) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Task, string> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    public void Run(string what, Func<CancellationToken, Task> work)
    {
        var task = Task.Run(() => GuardedAsync(what, work), CancellationToken.None);
        _running.TryAdd(task, what);
        _ = task.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <summary>Returns when nothing runs any more, work that was started meanwhile included.</summary>
    public async Task WhenIdleAsync()
    {
        while (!_running.IsEmpty)
        {
            await Task.WhenAll(_running.Keys).ConfigureAwait(false);
            foreach (var ended in _running.Keys.Where(task => task.IsCompleted))
                _running.TryRemove(ended, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await WhenIdleAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task GuardedAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops; what was under way is read again from the log at the next start.
        }
#pragma warning disable CA1031 // The rim of all background work: whatever went wrong is reported, the rest goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            failed(what, fault);
        }
    }
}
