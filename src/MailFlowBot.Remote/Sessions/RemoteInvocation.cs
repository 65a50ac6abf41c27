using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// A command under way whose outputs are taken one by one. What is not taken yet is not asked of the server: besides what the caller has
/// in hand, the contents of two answers wait here at most. Ending the enumeration early, and disposing, stop the command and wait until
/// the server confirmed that.
/// </summary>
internal sealed class RemoteInvocation : IAsyncDisposable
{
    private readonly Channel<IReadOnlyList<object?>> _batches =
        Channel.CreateBounded<IReadOnlyList<object?>>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _stop;

    public RemoteInvocation(CancellationToken caller)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller);
        StopRequested = _stop.Token;
        Outcome = Task.FromException<InvocationOutcome>(new InvalidOperationException("Not started."));
    }

    /// <summary>
    /// The outputs in their order, to be enumerated once. The end of the enumeration says nothing about success: see <see
    /// cref="Outcome"/>. After a stop some that the server sent before it may be missing.
    /// </summary>
    public IAsyncEnumerable<object?> Outputs => ReadAsync();

    /// <summary>How the command ended, with its errors and warnings but without the outputs. Fails as <see cref="RemoteSession.InvokeAsync"/> does.</summary>
    public Task<InvocationOutcome> Outcome { get; private set; }

    /// <summary>Fires when the caller gave up or reads no further.</summary>
    internal CancellationToken StopRequested { get; }

    internal void Start(Func<Task<InvocationOutcome>> run, FairGate.Pass pass) => Outcome = RunAsync(run, pass);

    /// <summary>Waits until there is room, that is until the reader has taken what came before.</summary>
    internal async ValueTask DeliverAsync(IReadOnlyList<object?> outputs)
    {
        try
        {
            await _batches.Writer.WriteAsync(outputs, StopRequested).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody reads any more; the run sees the same token and stops the command.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task<InvocationOutcome> RunAsync(Func<Task<InvocationOutcome>> run, FairGate.Pass pass)
    {
        using (pass)
        {
            try
            {
                return await run().ConfigureAwait(false);
            }
            finally
            {
                _batches.Writer.Complete();
            }
        }
    }

    private async IAsyncEnumerable<object?> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            while (await _batches.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                while (_batches.Reader.TryRead(out var batch))
                {
                    foreach (var output in batch)
                        yield return output;
                }
            }
        }
        finally
        {
            await StopAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Nothing to do when the command has ended; never throws.</summary>
    private async Task StopAsync()
    {
        if (!Outcome.IsCompleted)
            await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(Outcome).ConfigureAwait(false);
    }
}
