using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The volume of that path is this full; when it holds the queue database, transport comes under pressure with it.</summary>
/// <param name="Path">Such as <c>C:\</c>.</param>
/// <param name="UsedPercent">0 to 100.</param>
public sealed record DiskFilled(TimeSpan Ago, ServerName Server, string Path, int UsedPercent) : SimulatedEvent(Ago, Server);

/// <summary>A resource of the transport service is at this pressure, in the unit of its meter.</summary>
/// <param name="Resource">PrivateBytes, SystemMemory, UsedVersionBuckets, SubmissionQueue, DatabaseUsedSpace or UsedDiskSpace.</param>
public sealed record ResourcePressed(TimeSpan Ago, ServerName Server, string Resource, long Pressure) : SimulatedEvent(Ago, Server);

/// <summary>Something was written into an event log.</summary>
public sealed record EventWritten(TimeSpan Ago, ServerName Server, string Log, string Source, int Id, string Text)
    : SimulatedEvent(Ago, Server);

/// <summary>A certificate was added, or took the place of the one with the same thumbprint. Its end is told relative to the drill.</summary>
public sealed record CertificateSet(TimeSpan Ago, ServerName Server, CertificateReading Certificate) : SimulatedEvent(Ago, Server);

/// <summary>All certificates that serve SMTP ended that long ago.</summary>
public sealed record CertificatesExpired(TimeSpan Ago, ServerName Server) : SimulatedEvent(Ago, Server);

/// <summary>A Receive connector was added, or took the place of the one with the same name.</summary>
public sealed record ReceiveConnectorSet(TimeSpan Ago, ServerName Server, ReceiveConnectorReading Connector) : SimulatedEvent(Ago, Server);

/// <summary>A Send connector of the organisation was added, or took the place of the one with the same name.</summary>
public sealed record SendConnectorSet(TimeSpan Ago, ServerName Server, SendConnectorReading Connector) : SimulatedEvent(Ago, Server);

/// <summary>Set-TransportService and Set-FrontendTransportService: whom the server asks for names outside and inside.</summary>
public sealed record DnsServersSet(TimeSpan Ago, ServerName Server, DnsSettings External, DnsSettings Internal) : SimulatedEvent(Ago, Server);

/// <summary>A transport agent was installed, or enabled or disabled.</summary>
/// <param name="AssemblyPath">Where its assembly lies; not in Exchange's folder: somebody else's agent.</param>
public sealed record TransportAgentSet(TimeSpan Ago, ServerName Server, string Name, bool Enabled, string AssemblyPath)
    : SimulatedEvent(Ago, Server);

/// <summary>A health set of managed availability changed its alert value.</summary>
public sealed record HealthSetTurned(TimeSpan Ago, ServerName Server, string HealthSet, string AlertValue) : SimulatedEvent(Ago, Server);

/// <summary>Managed availability did something.</summary>
/// <param name="Result">Succeeded, Failed or, while it still goes on, null.</param>
public sealed record RecoveryActionTaken(TimeSpan Ago, ServerName Server, string Action, string Target, string? Result)
    : SimulatedEvent(Ago, Server);

/// <summary>A queue looks like this from now on, whatever flows.</summary>
/// <param name="Queue">Its identity decides which queue it takes the place of.</param>
public sealed record QueueStuck(TimeSpan Ago, ServerName Server, QueueReading Queue) : SimulatedEvent(Ago, Server);

/// <summary>A database copy on the server has this status, such as Dismounted or Failed.</summary>
public sealed record DatabaseCopyTurned(TimeSpan Ago, ServerName Server, string Database, string Status) : SimulatedEvent(Ago, Server);
