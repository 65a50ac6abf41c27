namespace MailFlowBot.Remote.Catalogue;

/// <summary>A Receive connector.</summary>
/// <param name="TransportRole">HubTransport or FrontendTransport; null when not told.</param>
/// <param name="Bindings">Such as <c>0.0.0.0:25</c>.</param>
public sealed record ReceiveConnectorReading(
    string Name, bool? Enabled, string? TransportRole, IReadOnlyList<string> Bindings, string? TlsCertificateName,
    IReadOnlyList<string> PermissionGroups, IReadOnlyList<string> AuthMechanisms, string? Fqdn);

/// <summary>The Receive connectors of a server. Paths: <c>NAME/transportRole</c>, <c>NAME/bindings</c>.</summary>
public sealed record ReceiveConnectorsFact(ServerName Server, IReadOnlyList<ReceiveConnectorReading> Connectors) : Fact
{
    /// <summary>Enabled connectors of the Transport service on port 25, where Front End Transport listens: the two compete.</summary>
    public IEnumerable<ReceiveConnectorReading> CompetingForPort25 => Connectors.Where(connector => connector.Enabled != false
        && string.Equals(connector.TransportRole, "HubTransport", StringComparison.OrdinalIgnoreCase)
        && connector.Bindings.Any(binding => binding.EndsWith(":25", StringComparison.Ordinal)));

    public override string? Value(string path)
    {
        var slash = path.LastIndexOf('/');
        var connector = slash < 0 ? null : Connectors.FirstOrDefault(found => found.Name.Equals(path[..slash], StringComparison.OrdinalIgnoreCase));
        return connector is null ? null : path[(slash + 1)..] switch
        {
            "transportRole" => connector.TransportRole,
            "bindings" => string.Join(',', connector.Bindings),
            _ => null,
        };
    }
}

/// <summary>A Send connector of the organisation.</summary>
public sealed record SendConnectorReading(
    string Name, bool? Enabled, IReadOnlyList<string> AddressSpaces, IReadOnlyList<string> SmartHosts, bool? DnsRouting,
    IReadOnlyList<string> SourceServers, string? TlsCertificateName, int? Port);

/// <summary>The Send connectors of the organisation. Paths: <c>NAME/enabled</c>.</summary>
public sealed record SendConnectorsFact(IReadOnlyList<SendConnectorReading> Connectors) : Fact
{
    public override string? Value(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash > 0 && path[(slash + 1)..] == "enabled"
            && Connectors.FirstOrDefault(found => found.Name.Equals(path[..slash], StringComparison.OrdinalIgnoreCase)) is { Enabled: { } enabled }
            ? Text(enabled)
            : null;
    }
}
