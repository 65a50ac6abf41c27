using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>
/// Which servers to look at. Named ones, else a sweep: one glance per skill over all servers, stopping at the first skill that
/// finds
/// something deviating.
/// </summary>
internal sealed class Triage(
    SymptomReading reading, IReadOnlyList<ServerName> named, IReadOnlyList<ISkill> skills, Readings readings)
{
    private InventoryFact? Inventory => readings.Inventory;

    /// <summary>Named servers that do not exist.</summary>
    public IReadOnlyList<ServerName> Unknown => [.. named.Where(server => Inventory is { } inventory && inventory.Find(server) is null)];

    /// <summary>Named servers that exist and are more than are examined in one go.</summary>
    public IReadOnlyList<ServerName> Beyond => [.. Existing().Skip(Examination.ServersAtOnce)];

    /// <summary>Sweeping would not answer a report about a server that does not exist.</summary>
    public bool MaySweep => named.Count == 0 && reading.UnknownServers.Count == 0;

    public IReadOnlyList<ReadOperation> Needs()
    {
        if (!readings.Has(new ReadInventory()))
            return [new ReadInventory()];
        if (Inventory is null)
            return [];
        var needed = Subjects() is { Count: > 0 } subjects
            ? subjects.SelectMany(server => skills.SelectMany(skill => skill.Needs(server, readings)).Concat(Reported(server)))
            : MaySweep ? PendingGlances() : [];
        return [.. needed.Distinct().Where(read => !readings.Has(read)).GroupBy(read => read.Server).SelectMany(WithinBudget)];
    }

    /// <summary>Servers to examine: the named ones that exist, else the one that deviates.</summary>
    public IReadOnlyList<ServerName> Subjects()
    {
        if (named.Count > 0)
            return [.. Existing().Take(Examination.ServersAtOnce)];
        if (!MaySweep || PendingGlances().Count > 0)
            return [];
        return Deviating() switch
        {
            [var only] => [only],
            [] when Meant() is [var meant] => [meant],
            _ => [],
        };
    }

    /// <summary>
    /// Servers on which the first skill that found anything found something; empty while its glances are not all answered.
    /// </summary>
    public IReadOnlyList<ServerName> Deviating()
    {
        foreach (var skill in skills)
        {
            var glances = Glances(skill);
            if (glances.Any(glance => !readings.Has(glance.Read)))
                return [];
            var deviating = glances.Where(glance => skill.Deviates(glance.Server, readings)).Select(glance => glance.Server).ToList();
            if (deviating.Count > 0)
                return deviating;
        }

        return [];
    }

    /// <summary>Glances that were answered without a fact.</summary>
    public IEnumerable<ReadOperation> UnseenGlances() => skills
        .SelectMany(Glances)
        .Select(glance => glance.Read)
        .Where(read => readings.Has(read) && readings.For(read)?.EndpointFact is null);

    private List<ServerName> Meant() =>
    [
        .. (Inventory?.Servers ?? []).Where(server => skills.Any(skill => skill.Means(server, reading))).Select(server => server.Name),
    ];

    private IEnumerable<ReadOperation> Reported(ServerName server) => skills
        .Where(skill => skill.Finds == reading.Class)
        .SelectMany(skill => skill.NeedsWhenReported(server, readings));

    private IEnumerable<ServerName> Existing() => named
        .Select(server => Inventory?.Find(server)?.Name)
        .OfType<ServerName>()
        .Distinct();

    private List<ReadOperation> PendingGlances()
    {
        foreach (var skill in skills)
        {
            var glances = Glances(skill);
            var pending = glances.Where(glance => !readings.Has(glance.Read)).Select(glance => glance.Read).ToList();
            if (pending.Count > 0)
                return pending;
            if (glances.Any(glance => skill.Deviates(glance.Server, readings)))
                return [];
        }

        return [];
    }

    private List<(ServerName Server, ReadOperation Read)> Glances(ISkill skill) =>
    [
        .. (Inventory?.Servers ?? [])
            .Select(server => (server.Name, Read: skill.Glance(server)))
            .Where(glance => glance.Read is not null)
            .Select(glance => (glance.Name, glance.Read!)),
    ];

    private IEnumerable<ReadOperation> WithinBudget(IGrouping<ServerName?, ReadOperation> reads)
    {
        // A probe is made from here and costs the server's session nothing.
        var made = readings.All.Count(answer => answer.Read.Server == reads.Key && answer.Read is not ReadSmtpProbe);
        return reads.Where(read => read is ReadSmtpProbe)
            .Concat(reads.Where(read => read is not ReadSmtpProbe).Take(Math.Max(0, Examination.ReadsPerServer - made)));
    }
}
