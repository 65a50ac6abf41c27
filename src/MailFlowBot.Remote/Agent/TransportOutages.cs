using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>Servers whose transport a running plan may take out, in the order the plans began. May be used by several threads.</summary>
internal sealed class TransportOutages
{
    private readonly List<ServerName> _servers = [];
    private readonly Lock _gate = new();

    /// <summary>Adds the server; returns those that came before it.</summary>
    public IReadOnlyCollection<ServerName> Enter(ServerName server)
    {
        lock (_gate)
        {
            ServerName[] before = [.. _servers];
            _servers.Add(server);
            return before;
        }
    }

    public void Leave(ServerName server)
    {
        lock (_gate)
            _servers.Remove(server);
    }

    public IReadOnlyCollection<ServerName> All
    {
        get
        {
            lock (_gate)
                return [.. _servers];
        }
    }
}
