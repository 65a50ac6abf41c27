namespace MailFlowBot.Remote.Catalogue;

/// <summary>One server of the organisation.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Version">AdminDisplayVersion as text, such as <c>Version 15.2 (Build 1544.4)</c>.</param>
/// <param name="Roles">ServerRole split at commas, such as Mailbox, Edge, HubTransport.</param>
/// <param name="Site">Short name of the Active Directory site; null when not told.</param>
/// <param name="Dag">Name of the database availability group; null when in none.</param>
public sealed record ExchangeServer(ServerName Name, string Version, IReadOnlyList<string> Roles, string? Site, string? Dag)
{
    /// <summary>False: the DAG could not be read, and a null <see cref="Dag"/> does not mean "in none".</summary>
    public bool DagSeen { get; init; } = true;

    /// <summary>Exchange 2013 or later (15.x): the only ones with component states.</summary>
    public bool HasComponentStates => Version.Contains("15.", StringComparison.Ordinal);

    /// <summary>Which Exchange this is, from <see cref="Version"/>; Unknown where that cannot be read.</summary>
    public ExchangeGeneration Generation => ExchangeGenerations.Of(Version);
}

/// <summary>Paths: <c>SERVER/version</c>.</summary>
public sealed record InventoryFact(IReadOnlyList<ExchangeServer> Servers) : Fact
{
    public ExchangeServer? Find(ServerName name) => Servers.FirstOrDefault(server => server.Name == name);

    /// <summary>The servers that share the transport load with this one: its DAG, else its site; without the server itself.</summary>
    public IEnumerable<ExchangeServer> PeersOf(ServerName name) =>
        // Who stands in for a server whose DAG is not known is not known either.
        Find(name) is not { DagSeen: true } self
            ? []
            : Servers.Where(other => other.Name != name && other.HasComponentStates
                && (self.Dag is not null ? other.Dag == self.Dag : self.Site is not null && other.Site == self.Site));

    public override string? Value(string path)
    {
        var (server, part) = Split(path);
        return part == "version" && ServerName.TryParse(server, out var name) ? Find(name)?.Version : null;
    }
}
