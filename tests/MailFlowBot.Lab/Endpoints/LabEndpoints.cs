using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Lab.Endpoints;

/// <summary>All endpoints of the lab, made when first asked for. Thread-safe.</summary>
internal sealed class LabEndpoints : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LabEndpoint> _endpoints = [];
    private readonly List<Task> _ending = [];
    private readonly LabWorld _world;

    /// <param name="cutConnections">Cuts all connections to a server.</param>
    public LabEndpoints(
        SimulatedOrganization organization,
        LabQuotas quotas,
        LabCounts counts,
        FaultPlan faults,
        TimeProvider real,
        Action<ServerName> cutConnections)
    {
        _world = new LabWorld(organization, quotas, counts, faults, real, server =>
        {
            // The shells go too: otherwise a client that comes back gets the answer that the drill wants lost.
            Forget(key => key.Server == server);
            cutConnections(server);
        });
    }

    private readonly record struct Key(int BackEnd, ServerName Server, EndpointKind Kind, LabAccount Account);

    public LabWorld World => _world;

    public int ShellCount => Sum(endpoint => endpoint.ShellCount);

    public int CommandCount => Sum(endpoint => endpoint.CommandCount);

    /// <summary>Null when the server has no such endpoint now.</summary>
    public LabEndpoint? Find(int backEnd, ServerName server, EndpointKind kind, LabAccount account)
    {
        if (!_world.Organization.Servers.Contains(server)
            || (kind == EndpointKind.Windows && !_world.Organization.HasWindowsEndpoint(server)))
        {
            return null;
        }

        var key = new Key(backEnd, server, kind, account);
        lock (_gate)
        {
            if (!_endpoints.TryGetValue(key, out var endpoint))
                _endpoints.Add(key, endpoint = new LabEndpoint(_world, server, kind, account));
            return endpoint;
        }
    }

    /// <summary>Ends the shells that were left alone for too long.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            foreach (var endpoint in _endpoints.Values)
                endpoint.Expire();
        }
    }

    /// <summary>All servers restart: every shell is forgotten, what runs is ended.</summary>
    public void Restart() => Forget(_ => true);

    public async ValueTask DisposeAsync()
    {
        Restart();
        Task[] ending;
        lock (_gate)
            ending = [.. _ending];
        await Task.WhenAll(ending);
    }

    // Not awaited: a change that cuts its own connection asks for it, and would wait for itself.
    private void Forget(Func<Key, bool> which)
    {
        lock (_gate)
        {
            foreach (var (key, endpoint) in _endpoints.Where(pair => which(pair.Key)).ToList())
            {
                _endpoints.Remove(key);
                _ending.RemoveAll(task => task.IsCompletedSuccessfully);
                _ending.Add(Task.Run(async () => await endpoint.DisposeAsync()));
            }
        }
    }

    private int Sum(Func<LabEndpoint, int> count)
    {
        lock (_gate)
            return _endpoints.Values.Sum(count);
    }
}
