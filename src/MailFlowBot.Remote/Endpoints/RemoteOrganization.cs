using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>Where a real organisation is reached.</summary>
/// <param name="Servers">Servers with an Exchange endpoint, in the order in which organisation-wide reads try them.</param>
/// <param name="Exchange">The remote management shell of Exchange.</param>
/// <param name="Windows">The restricted endpoint for services and set-up state; null where the site has none.</param>
public sealed record RemoteOrganization(IReadOnlyList<ServerName> Servers, EndpointTemplate Exchange, EndpointTemplate? Windows)
{
    /// <summary>Servers that have the Windows endpoint; null means all of them.</summary>
    public IReadOnlyList<ServerName>? WindowsServers { get; init; }

    /// <summary>Where the SMTP doors of the servers are; null where the site wants no probe.</summary>
    public SmtpAddress? SmtpProbe { get; init; }
}
