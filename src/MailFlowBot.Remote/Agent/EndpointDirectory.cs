using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Agent;

/// <summary>Which endpoints there are.</summary>
/// <param name="servers">Servers with an Exchange endpoint, in the order in which organisation-wide reads try them.</param>
/// <param name="hasWindows">Tells whether a server has a Windows endpoint now; many sites have none.</param>
internal sealed class EndpointDirectory(IReadOnlyList<ServerName> servers, Func<ServerName, bool> hasWindows)
{
    public IReadOnlyList<ServerName> Servers => servers;

    /// <summary>The name under which sessions to it are kept; null when there is no such endpoint.</summary>
    public EndpointName? Find(EndpointKind kind, ServerName server) =>
        servers.Contains(server) && (kind == EndpointKind.Exchange || hasWindows(server)) ? NameOf(kind, server) : null;

    public static EndpointName NameOf(EndpointKind kind, ServerName server) => new($"{server}/{kind}");
}
