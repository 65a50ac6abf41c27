using MailFlowBot.Access;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Wording;

namespace MailFlowBot.Conversing;

/// <summary>Answers commands in lines of plain text; silence where nothing needs to be said.</summary>
internal sealed class AnswerCommand(
    IncidentLog log, IIncidentStore store, AccessList access, IExchangeReader reader, ReportSymptom report, Freezing freezing,
    Surroundings surroundings, DrillBook? drills)
{
    public async Task<IReadOnlyList<string>> HandleAsync(
        IncomingMessage message, Intent intent, Incident? incident, string language, CancellationToken cancellationToken)
    {
        string Say(string id, params (string Name, string Value)[] arguments) => Phrases.Say(language, id, arguments);

        switch (intent)
        {
            case Intent.Chatter when incident is not null:
                return [];
            case Intent.Help or Intent.Chatter or Intent.Empty:
                return [Say("talk.help-1"), Say("talk.help-2"), Say("talk.help-3")];
            case Intent.DidYouMean near:
                return [Say("talk.did-you-mean", ("command", near.Command))];
            case Intent.VagueRestart:
                return [Say("talk.restart-ambiguous")];
            case Intent.Authority:
                return [incident is { PlanIsOpen: true, Plan: { } plan }
                    ? Say("talk.no-authority", ("names", access.ApproverNames(plan.Requesters)))
                    : Say("talk.no-open-plan")];
            case Intent.Status:
                return await StatusAsync(message.From, language, cancellationToken).ConfigureAwait(false);
            case Intent.Servers:
                return await ServersAsync(language, cancellationToken).ConfigureAwait(false);
            case Intent.Incidents:
                return await IncidentsAsync(language, cancellationToken).ConfigureAwait(false);
            case Intent.Note when incident is null:
            case Intent.Close when incident is null:
                return [Say("talk.no-incident")];
            case Intent.Note note:
                var redacted = Redaction.Redact(note.Text);
                await log.AppendAsync(incident!.Id, new NoteAdded(message.From, redacted.Text, redacted.Count), cancellationToken).ConfigureAwait(false);
                return [Say("talk.noted", ("id", incident.Id.ToString()))];
            case Intent.Close:
                await log.AppendAsync(incident!.Id, new IncidentClosed(message.From), cancellationToken).ConfigureAwait(false);
                return [Say("talk.closed", ("id", incident.Id.ToString()))];
            case Intent.Freeze freeze:
                return [await freezing.FreezeAsync(message.From, freeze.Reason, language, cancellationToken).ConfigureAwait(false)];
            case Intent.Lift:
                return [await freezing.AskToLiftAsync(message, language, cancellationToken).ConfigureAwait(false)];
            case Intent.Drill drill:
                return await DrillAsync(message, drill.Name, incident, language, cancellationToken).ConfigureAwait(false);
            case Intent.Check check:
                return await CheckAsync(message, check.Server, incident, language, cancellationToken).ConfigureAwait(false);
            default:
                throw new InvalidOperationException($"An intent without an answer: {intent}.");
        }
    }

    private async Task<IReadOnlyList<string>> StatusAsync(Person person, string language, CancellationToken cancellationToken)
    {
        string Say(string id, params (string Name, string Value)[] arguments) => Phrases.Say(language, id, arguments);
        var waiting = new List<string>();
        foreach (var summary in (await store.ListAsync(cancellationToken).ConfigureAwait(false)).Take(50))
        {
            if (await log.FindAsync(summary.Id, cancellationToken).ConfigureAwait(false) is { PlanIsOpen: true } open)
                waiting.Add(open.Id.ToString());
        }

        return
        [
            Say("status.line-1", ("version", surroundings.Version), ("organization", surroundings.Organization),
                ("kind", Say(surroundings.Simulated ? "status.simulated" : "status.real"))),
            Say("status.rights", ("name", person.Name), ("read", Say(access.MayRead(person) ? "status.yes" : "status.no")),
                ("approve", Say(access.MayApprove(person) ? "status.yes" : "status.no"))),
            freezing.StatusLine(language),
            waiting.Count == 0 ? Say("status.pending-none") : Say("status.pending", ("ids", string.Join(", ", waiting))),
        ];
    }

    private async Task<IReadOnlyList<string>> ServersAsync(string language, CancellationToken cancellationToken) =>
        await reader.ReadAsync(new ReadInventory(), cancellationToken).ConfigureAwait(false) is { EndpointFact: InventoryFact inventory }
            ? [.. inventory.Servers.Select(server => Phrases.Say(
                language, "talk.servers", ("name", server.Name.Value), ("version", server.Version), ("site", server.Site ?? "?"),
                ("dag", server.Dag ?? Phrases.Say(language, "talk.no-dag"))))]
            : [await NoInventoryAsync(language, cancellationToken).ConfigureAwait(false)];

    // Why it cannot be read is the one thing that helps now: a name, a ticket, a password.
    private async Task<string> NoInventoryAsync(string language, CancellationToken cancellationToken) => Phrases.Say(
        language,
        "talk.no-inventory",
        ("why", await reader.ReadAsync(new ReadInventory(), cancellationToken).ConfigureAwait(false) is NotSeen missed ? Redaction.Redact(missed.Detail).Text : ""));

    private async Task<IReadOnlyList<string>> IncidentsAsync(string language, CancellationToken cancellationToken)
    {
        var newest = (await store.ListAsync(cancellationToken).ConfigureAwait(false)).Take(10).ToList();
        return newest.Count == 0
            ? [Phrases.Say(language, "talk.incidents-none")]
            : [.. newest.Select(summary => Phrases.Say(
                language, "talk.incident-line", ("id", summary.Id.ToString()), ("opened", Times.Utc(summary.Opened)), ("by", summary.OpenedBy),
                ("events", summary.Events.ToString(System.Globalization.CultureInfo.InvariantCulture))))];
    }

    private async Task<IReadOnlyList<string>> DrillAsync(
        IncomingMessage message, string name, Incident? incident, string language, CancellationToken cancellationToken)
    {
        if (drills is null)
            return [Phrases.Say(language, "talk.drill-refused")];
        if (!drills.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            return [Phrases.Say(language, "talk.drill-unknown", ("name", name), ("names", string.Join(", ", drills.Names)))];
        // What the thread was about is over: its plan must not be carried out on the new starting state.
        if (incident is not null)
            await log.AppendAsync(incident.Id, Ended(incident, message.From), cancellationToken).ConfigureAwait(false);
        await drills.StartAsync(name, cancellationToken).ConfigureAwait(false);
        var symptom = drills.ServerOf(name) is { } server && name != "transport-inactive"
            ? Phrases.Say(language, "symptom.default", ("server", server.Value))
            : Phrases.Say(language, "symptom.transport-inactive");
        return [Phrases.Say(language, "talk.drill-started", ("name", name), ("symptom", symptom))];
    }

    private static Func<Incident, IReadOnlyList<IncidentEvent>> Ended(Incident incident, Person by) => state =>
        state is { PlanIsOpen: true, Plan: { } plan } ? [new PlanClosed(plan.Digest, "superseded"), new IncidentClosed(by)] : [new IncidentClosed(by)];

    private async Task<IReadOnlyList<string>> CheckAsync(
        IncomingMessage message, string wanted, Incident? incident, string language, CancellationToken cancellationToken)
    {
        var inventory = await report.InventoryAsync(cancellationToken).ConfigureAwait(false);
        if (inventory.Length == 0)
            return [await NoInventoryAsync(language, cancellationToken).ConfigureAwait(false)];
        // The reader of symptoms knows full width, domains and near misses; a second way to recognise a server would know less.
        var read = SymptomReader.Read(wanted, inventory);
        if (read.Servers is not [var server, ..])
        {
            return [read.UnknownServers is [{ Nearest: { } nearest } unknown, ..]
                ? Phrases.Say(language, "reading.unknown-server", ("name", unknown.Name), ("nearest", nearest.Value))
                : Phrases.Say(language, "reading.unknown-server-alone", ("name", wanted))];
        }

        await report.CheckAsync(message, server, incident, language, cancellationToken).ConfigureAwait(false);
        return [];
    }
}
