using System.Collections.Concurrent;
using MailFlowBot.Remote.Catalogue;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MailFlowBot.Lab.Http;

/// <summary>All sockets that are open now. Thread-safe.</summary>
internal sealed class LabConnections
{
    private static readonly object Key = typeof(LabConnection);

    private readonly ConcurrentDictionary<LabConnection, byte> _open = new();
    private int _accepted;

    public int OpenCount => _open.Count;

    /// <summary>Sockets since the start, closed ones included.</summary>
    public int AcceptedCount => Volatile.Read(ref _accepted);

    /// <summary>Connection middleware.</summary>
    public ConnectionDelegate Track(ConnectionDelegate next) => async socket =>
    {
        using var connection = new LabConnection(socket);
        socket.Items[Key] = connection;
        _open.TryAdd(connection, 0);
        Interlocked.Increment(ref _accepted);
        try
        {
            await next(socket);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    };

    public static LabConnection Of(HttpContext context) =>
        (LabConnection)context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items[Key]!;

    public void AbortAll()
    {
        foreach (var connection in _open.Keys)
            connection.Abort();
    }

    /// <summary>Cuts what was last used for a server.</summary>
    public void AbortTo(ServerName server)
    {
        foreach (var connection in _open.Keys.Where(connection => connection.Server == server))
            connection.Abort();
    }
}
