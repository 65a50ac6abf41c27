namespace MailFlowBot.Remote.Catalogue;

/// <summary>How one of a server's transport services resolves names; null members were not told.</summary>
/// <param name="AdapterEnabled">Uses the DNS servers of a network adapter.</param>
/// <param name="Servers">DNS servers set by hand; used when the adapter's are not.</param>
public sealed record DnsSettings(bool? AdapterEnabled, IReadOnlyList<string> Servers);

/// <summary>Get-TransportService and Get-FrontendTransportService. Paths: <c>maxPerDomain</c>.</summary>
/// <param name="MaxPerDomainOutboundConnections">20 by default: a steady queue to one next hop.</param>
public sealed record TransportSettingsFact(
    ServerName Server, DnsSettings? External, DnsSettings? Internal, int? MaxPerDomainOutboundConnections, bool? AntispamAgentsEnabled) : Fact
{
    /// <summary>The same of Front End Transport; null when it was not told or the server has none.</summary>
    public DnsSettings? FrontEndExternal { get; init; }

    /// <inheritdoc cref="FrontEndExternal"/>
    public DnsSettings? FrontEndInternal { get; init; }

    public override string? Value(string path) =>
        path == "maxPerDomain" ? MaxPerDomainOutboundConnections?.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
}

/// <summary>A transport agent. Third-party ones are those whose assembly does not lie under Exchange's own folder.</summary>
public sealed record TransportAgentReading(string Name, bool? Enabled, int? Priority, bool? IsThirdParty);

/// <summary>Paths: <c>NAME/enabled</c>.</summary>
public sealed record TransportAgentsFact(ServerName Server, IReadOnlyList<TransportAgentReading> Agents) : Fact
{
    public override string? Value(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash > 0 && path[(slash + 1)..] == "enabled"
            && Agents.FirstOrDefault(agent => agent.Name.Equals(path[..slash], StringComparison.OrdinalIgnoreCase)) is { Enabled: { } enabled }
            ? Text(enabled)
            : null;
    }
}
