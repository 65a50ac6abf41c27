namespace MailFlowBot.Remote.Catalogue;

/// <summary>All servers with version, roles, site and DAG. Yields <see cref="InventoryFact"/>.</summary>
public sealed record ReadInventory() : ReadOperation((ServerName?)null)
{
    public override string Id => "inventory";
}

/// <summary>All component states of a server with every requester's entry. Yields <see cref="ComponentStatesFact"/>.</summary>
public sealed record ReadComponentStates(ServerName On) : ReadOperation(On)
{
    public override string Id => "component-states";
}

/// <summary>Required services per role, as the server itself judges. Yields <see cref="ServiceHealthFact"/>.</summary>
public sealed record ReadServiceHealth(ServerName On) : ReadOperation(On)
{
    public override string Id => "service-health";
}

/// <summary>Status and start type of the watched services; needs the Windows endpoint. Yields <see cref="ServicesFact"/>.</summary>
public sealed record ReadServices(ServerName On) : ReadOperation(On)
{
    public override string Id => "services";
}

/// <summary>Transport queues of a server. Yields <see cref="QueuesFact"/>.</summary>
public sealed record ReadQueues(ServerName On) : ReadOperation(On)
{
    public override string Id => "queues";
}

/// <summary>DAG membership and activation policy. Yields <see cref="MailboxServerFact"/>.</summary>
public sealed record ReadMailboxServer(ServerName On) : ReadOperation(On)
{
    public override string Id => "mailbox-server";
}

/// <summary>Database copies of a server. Yields <see cref="DatabaseCopiesFact"/>.</summary>
public sealed record ReadDatabaseCopies(ServerName On) : ReadOperation(On)
{
    public override string Id => "database-copies";
}

/// <summary>Whether setup or an update runs or was interrupted; needs the Windows endpoint. Yields <see cref="InstallStateFact"/>.</summary>
public sealed record ReadInstallState(ServerName On) : ReadOperation(On)
{
    public override string Id => "install-state";
}

/// <summary>The server's state as a cluster node; needs the Windows endpoint. Yields <see cref="ClusterNodeFact"/>.</summary>
public sealed record ReadClusterNode(ServerName On) : ReadOperation(On)
{
    public override string Id => "cluster-node";
}
