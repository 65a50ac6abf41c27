using System.Collections.Concurrent;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>One plan per server at a time; the others wait in line.</summary>
internal sealed class ServerTurns : IDisposable
{
    // As many as the policy has servers.
    private readonly ConcurrentDictionary<ServerName, SemaphoreSlim> _servers = new();

    public async Task<T> InTurnAsync<T>(ServerName server, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var turn = _servers.GetOrAdd(server, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var turn in _servers.Values)
            turn.Dispose();
    }
}
