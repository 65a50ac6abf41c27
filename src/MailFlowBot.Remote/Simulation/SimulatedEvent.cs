using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>Something that people or programs did to a server some time ago; a drill is a list of these.</summary>
/// <param name="Ago">How long before the drill starts.</param>
public abstract record SimulatedEvent(TimeSpan Ago, ServerName Server);

/// <summary>A requester set a component.</summary>
public sealed record ComponentSet(
    TimeSpan Ago,
    ServerName Server,
    ComponentName Component,
    Requester Requester,
    ComponentState State,
    StateStores Stores = StateStores.Both) : SimulatedEvent(Ago, Server);

/// <summary>An entry that was written long ago, at another site, reaches this one only now: Active Directory replicated late.</summary>
/// <param name="Written">How long before it arrives it was written; its time stamp says so.</param>
public sealed record EntryReplicated(
    TimeSpan Ago, TimeSpan Written, ServerName Server, ComponentName Component, Requester Requester, ComponentState State)
    : SimulatedEvent(Ago, Server);

/// <summary>Someone stopped a service, and set it Disabled where <paramref name="Disabled"/>.</summary>
public sealed record ServiceStopped(TimeSpan Ago, ServerName Server, WindowsService Service, bool Disabled = false)
    : SimulatedEvent(Ago, Server);

/// <summary>Set-MailboxServer.</summary>
public sealed record ActivationSet(TimeSpan Ago, ServerName Server, string Policy, bool MoveNow) : SimulatedEvent(Ago, Server);

/// <summary>Suspend-ClusterNode.</summary>
public sealed record ClusterNodeSuspended(TimeSpan Ago, ServerName Server) : SimulatedEvent(Ago, Server);

/// <summary>An update ended in the middle and left its watermark.</summary>
public sealed record UpdateInterrupted(TimeSpan Ago, ServerName Server) : SimulatedEvent(Ago, Server);

/// <summary>The server has no Windows endpoint, as at many sites.</summary>
public sealed record WindowsEndpointMissing(TimeSpan Ago, ServerName Server) : SimulatedEvent(Ago, Server);

/// <summary>The site configured a Windows endpoint for a server that has none by itself.</summary>
public sealed record WindowsEndpointConfigured(TimeSpan Ago, ServerName Server) : SimulatedEvent(Ago, Server);

/// <summary>IIS was set up anew on an Exchange 2003, so the SMTP service lost its Exchange extensions (KB 822939).</summary>
public sealed record SmtpExtensionsLost(TimeSpan Ago, ServerName Server) : SimulatedEvent(Ago, Server);

/// <summary>Reads that ask about this server are answered about another one, as by a front end that routes elsewhere.</summary>
public sealed record Misrouted(TimeSpan Ago, ServerName Server, ServerName AnsweredBy) : SimulatedEvent(Ago, Server);

/// <summary>The connection will die once, after the next change was carried out and before its answer arrives.</summary>
public sealed record ConnectionDiesAfterChange(TimeSpan Ago, ServerName Server) : SimulatedEvent(Ago, Server);
