using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Diagnosing;

/// <summary>
/// A diagnosis that is told and kept nowhere: no incident, no store, no agent. What it comes to is a list of commands for people.
/// </summary>
/// <param name="configured">Servers of the configuration, to recognise names while the inventory cannot be read.</param>
internal sealed class LookOnly(IExchangeReader reader, TimeProvider organizationTime, IReadOnlyList<ServerName> configured)
{
    private readonly ExamineServers _examine = new(reader, organizationTime);

    /// <param name="Events">What an incident would have noted of it.</param>
    /// <param name="AnythingSeen">False: no endpoint gave a single answer that could be used.</param>
    internal sealed record Looked(
        SymptomReading Reading, Conclusion Conclusion, IReadOnlyList<IncidentEvent> Events, bool AnythingSeen);

    /// <summary>The names to recognise: the inventory, or what is configured while it cannot be read.</summary>
    public async Task<(IReadOnlyList<ServerName> Names, bool FromInventory)> NamesAsync(CancellationToken cancellationToken) =>
        (await reader.ReadAsync(new ReadInventory(), cancellationToken).ConfigureAwait(false)).EndpointFact is InventoryFact inventory
            ? ([.. inventory.Servers.Select(server => server.Name)], true)
            : (configured, false);

    /// <param name="names">Names that the text may mean.</param>
    /// <param name="servers">Servers to look at; empty: those that the text names.</param>
    public async Task<Looked> RunAsync(
        string text, IReadOnlyList<ServerName> names, IReadOnlyList<ServerName> servers, CancellationToken cancellationToken)
    {
        var reading = SymptomReader.Read(text, [.. names]);
        var events = new List<IncidentEvent> { Statements.Of("", reading) };
        var seen = 0;
        var asked = 0;
        var conclusion = await _examine.RunAsync(
            reading,
            servers,
            needs =>
            {
                events.AddRange(needs.Select(Statements.Of));
                return Task.CompletedTask;
            },
            answer =>
            {
                asked++;
                seen += answer is Seen ? 1 : 0;
                events.Add(Statements.Of(answer));
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        events.Add(Statements.Of(conclusion));
        return new Looked(reading, conclusion, events, asked == 0 || seen > 0);
    }
}
