using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Agent;

/// <summary>Which endpoints there are.</summary>
/// <param name="servers">Servers with an Exchange endpoint, in the order in which organisation-wide reads try them.</param>
/// <param name="hasWindows">Tells whether a server has a Windows endpoint now; many sites have none.</param>
/// <param name="hasExchange">Tells whether a server has an Exchange endpoint now: before 2010 none has. All of them when left out.</param>
internal sealed class EndpointDirectory(
    IReadOnlyList<ServerName> servers, Func<ServerName, bool> hasWindows, Func<ServerName, bool>? hasExchange = null)
{
    public IReadOnlyList<ServerName> Servers => servers;

    /// <summary>The name under which sessions to it are kept; null when there is no such endpoint.</summary>
    public EndpointName? Find(EndpointKind kind, ServerName server) =>
        servers.Contains(server) && (kind == EndpointKind.Exchange ? hasExchange?.Invoke(server) ?? true : hasWindows(server)) ? NameOf(kind, server) : null;

    public static EndpointName NameOf(EndpointKind kind, ServerName server) => new($"{server}/{kind}");
}
