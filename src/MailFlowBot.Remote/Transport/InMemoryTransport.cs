namespace MailFlowBot.Remote.Transport;

/// <summary>Joins a client to a server in the same process: the path of the demo, the same bytes as on a wire.</summary>
/// <param name="server">Takes an envelope and gives the reply.</param>
internal sealed class InMemoryTransport(Func<ReadOnlyMemory<byte>, CancellationToken, Task<WsmanReply>> server) : IWsmanTransport
{
    public Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return server(envelope, cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
