using MailFlowBot.Diagnosing;
using MailFlowBot.Hosting;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Wording;

namespace MailFlowBot.Conversing;

/// <summary>A report: heard, read, diagnosed and, where one is justified, followed by a plan.</summary>
internal sealed class ReportSymptom(
    IncidentLog log, IReadOnlyDictionary<string, IChannel> channels, IExchangeReader reader, DiagnoseAndPropose diagnose,
    Surroundings surroundings, Backlog backlog)
{
    /// <summary>Longest report that is read, in UTF-16 units.</summary>
    public const int LongestRead = 65_536;

    /// <summary>Longest text of one message that the log keeps.</summary>
    private const int LongestKept = 16_384;

    /// <summary>Between messages that are read together, so that of two pastes of the same thing the later one counts.</summary>
    private const char MessageBoundary = '\u001E';

    /// <summary>Of what was said before an answer, in UTF-16 units: enough for a report and a few console outputs.</summary>
    private const int LongestBefore = 24_576;

    private ServerName[] _inventory = [];

    public async Task HandleAsync(IncomingMessage message, Incident? current, string? threadLanguage, CancellationToken cancellationToken)
    {
        var inventory = await InventoryAsync(cancellationToken).ConfigureAwait(false);
        var joined = current is not null && Joins(current) ? current : null;
        var text = message.Text.Length <= LongestRead ? message.Text : message.Text[..LongestRead];
        // While a question is open, the answer is read together with what was said before it.
        var reading = SymptomReader.Read(
            joined is not null && (joined.State == IncidentState.Asking || joined.AwaitsPaste) ? $"{Heard(joined)}\n{MessageBoundary}\n{text}" : text, inventory);
        var language = threadLanguage ?? joined?.Language ?? (reading.Language == "ja" ? "ja" : message.Language ?? "en");

        var redacted = Redaction.Redact(text.Length <= LongestKept ? text : text[..LongestKept]);
        var incident = joined ?? await log.OpenAsync(
            surroundings.Opening(message.From, message.Conversation, language), cancellationToken).ConfigureAwait(false);
        incident = await log.AppendAsync(
            incident.Id,
            _ => [new MessageHeard(message.From, message.Id, redacted.Text, redacted.Count), Statements.Of(message.Id, reading)],
            cancellationToken).ConfigureAwait(false);

        if (redacted.SecretSeen)
            await ReplyAsync(message, Phrases.Say(language, "talk.secret"), cancellationToken).ConfigureAwait(false);
        if (message.Text.Length > LongestRead)
            await ReplyAsync(message, TooLong(language, message.Text.Length), cancellationToken).ConfigureAwait(false);
        if (Needless(reading))
            return;
        var id = incident.Id;
        backlog.Run($"diagnosis of {id}", token => DiagnoseAsync(id, reading, message, language, token));
    }

    /// <summary>Checks one server because somebody asked for exactly that.</summary>
    public async Task CheckAsync(IncomingMessage message, ServerName server, Incident? current, string language, CancellationToken cancellationToken)
    {
        await HandleAsync(message with { Text = $"check {server}" }, current is not null && Joins(current) ? current : null, language, cancellationToken)
            .ConfigureAwait(false);
    }

    // A card that says "checking" for ever would be the worst answer: a fault of the bot itself is said in the thread.
    private async Task DiagnoseAsync(
        IncidentId id, SymptomReading reading, IncomingMessage message, string language, CancellationToken cancellationToken)
    {
        try
        {
            await diagnose.RunAsync(id, reading, reading.Servers, quiet: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await ReplyAsync(message, Phrases.Say(language, "talk.diagnosis-broke", ("id", id.ToString()), ("what", fault.GetType().Name)), cancellationToken)
                .ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The servers of the organisation, read once; empty while they cannot be read.</summary>
    public async Task<ServerName[]> InventoryAsync(CancellationToken cancellationToken)
    {
        if (_inventory.Length == 0
            && (await reader.ReadAsync(new ReadInventory(), cancellationToken).ConfigureAwait(false)).EndpointFact is InventoryFact fact)
        {
            _inventory = [.. fact.Servers.Select(server => server.Name)];
        }

        return _inventory;
    }

    // A thread's incident takes further reports until something was decided or carried out; after that a report is a new incident.
    private static bool Joins(Incident incident) => incident.State
        is IncidentState.Reading or IncidentState.Checking or IncidentState.Asking or IncidentState.AwaitingApproval or IncidentState.Running
        || incident.AwaitsPaste;

    // Not ours, or only about servers that do not exist: there is nothing to look at.
    private static bool Needless(SymptomReading reading) =>
        reading.Class == SymptomClass.NoneOfOurs || (reading.UnknownServers.Count > 0 && reading.Servers.Count == 0);

    // The newest messages that fit.
    private static string Heard(Incident incident)
    {
        var room = LongestBefore;
        var heard = incident.Events.Select(recorded => recorded.Event).OfType<MessageHeard>().Reverse()
            .TakeWhile(message => (room -= message.Text.Length) >= 0)
            .Reverse();
        return string.Join($"\n{MessageBoundary}\n", heard.Select(message => message.Text));
    }

    private static string TooLong(string language, int length) => Phrases.Say(
        language,
        "talk.too-long",
        ("length", length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("read", LongestRead.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private Task ReplyAsync(IncomingMessage message, string text, CancellationToken cancellationToken) =>
        channels[message.Conversation.Channel].ReplyAsync(message.Conversation, text, [], cancellationToken);
}
