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

/// <summary>Transport's own resource meters (Get-ExchangeDiagnosticInfo, ResourceThrottling). Yields <see cref="BackPressureFact"/>.</summary>
public sealed record ReadBackPressure(ServerName On) : ReadOperation(On)
{
    public override string Id => "back-pressure";
}

/// <summary>Allow-listed events of the last hour; needs the Windows endpoint. Yields <see cref="EventsFact"/>.</summary>
public sealed record ReadEvents(ServerName On) : ReadOperation(On)
{
    public override string Id => "events";
}

/// <summary>Free space of the volumes that Exchange uses; needs the Windows endpoint. Yields <see cref="DiskFact"/>.</summary>
public sealed record ReadDisk(ServerName On) : ReadOperation(On)
{
    public override string Id => "disk";
}

/// <summary>Exchange's certificates on a server. Yields <see cref="CertificatesFact"/>.</summary>
public sealed record ReadCertificates(ServerName On) : ReadOperation(On)
{
    public override string Id => "certificates";
}

/// <summary>Receive connectors of a server. Yields <see cref="ReceiveConnectorsFact"/>.</summary>
public sealed record ReadReceiveConnectors(ServerName On) : ReadOperation(On)
{
    public override string Id => "receive-connectors";
}

/// <summary>Send connectors of the organisation. Yields <see cref="SendConnectorsFact"/>.</summary>
public sealed record ReadSendConnectors() : ReadOperation((ServerName?)null)
{
    public override string Id => "send-connectors";
}

/// <summary>DNS and limits of a server's transport services. Yields <see cref="TransportSettingsFact"/>.</summary>
public sealed record ReadTransportSettings(ServerName On) : ReadOperation(On)
{
    public override string Id => "transport-settings";
}

/// <summary>Transport agents of a server. Yields <see cref="TransportAgentsFact"/>.</summary>
public sealed record ReadTransportAgents(ServerName On) : ReadOperation(On)
{
    public override string Id => "transport-agents";
}

/// <summary>Health sets of transport and mail flow. Yields <see cref="HealthReportFact"/>.</summary>
public sealed record ReadHealthReport(ServerName On) : ReadOperation(On)
{
    public override string Id => "health-report";
}

/// <summary>What managed availability did of late; needs the Windows endpoint. Yields <see cref="RecoveryActionsFact"/>.</summary>
public sealed record ReadRecoveryActions(ServerName On) : ReadOperation(On)
{
    public override string Id => "recovery-actions";
}

/// <summary>An SMTP probe of one door, made by the agent and not by the server. Yields <see cref="SmtpProbeFact"/>.</summary>
public sealed record ReadSmtpProbe(ServerName On, SmtpDoor Door) : ReadOperation(On)
{
    public override string Id => Door == SmtpDoor.Transport ? "smtp-probe-2525" : "smtp-probe-25";
}
