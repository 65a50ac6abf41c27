using System.Threading.Channels;

namespace MailFlowBot.Remote.Sessions;

/// <summary>Lets one caller in at a time, in the order in which they came.</summary>
/// <remarks>
/// A channel with one token in it: waiting readers are served first in, first out, which SemaphoreSlim does not promise.
/// </remarks>
internal sealed class FairGate
{
    private readonly Channel<bool> _token = Channel.CreateBounded<bool>(1);

    public FairGate() => _token.Writer.TryWrite(true);

    /// <summary>Dispose the result to let the next one in.</summary>
    public async ValueTask<Pass> EnterAsync(CancellationToken cancellation)
    {
        await _token.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        return new Pass(this);
    }

    internal readonly struct Pass(FairGate gate) : IDisposable
    {
        public void Dispose() => gate._token.Writer.TryWrite(true);
    }
}
