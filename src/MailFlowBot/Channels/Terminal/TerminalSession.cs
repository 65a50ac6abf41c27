using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailFlowBot.Cards;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Terminal;

/// <summary>
/// The terminal playground: lines beginning with a slash speak to the terminal, all others are messages. Each line is carried out to its
/// end before the next one.
/// </summary>
/// <param name="idle">Completes when all background work is done.</param>
internal sealed class TerminalSession(
    TerminalChannel channel, Inbox inbox, Func<Task> idle, IncidentLog log, TextWriter output, Person speaker, string? language)
{
    private static readonly Conversation Thread = new("terminal", "terminal-" + Guid.NewGuid().ToString("N")[..8]);
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private Person _speaker = speaker;
    private int _messages;

    /// <summary>Carries out every line; true when all could be carried out.</summary>
    public async Task<bool> RunAsync(TextReader input, bool echo, CancellationToken cancellationToken)
    {
        var all = true;
        while (true)
        {
            if (!echo)
                await output.WriteAsync($"{_speaker.Name}> ").ConfigureAwait(false);
            if (await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is not { } line)
                return all;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (echo)
                await output.WriteLineAsync($"{_speaker.Name}> {CardText.Clean(CardText.Shorten(line, 500))}").ConfigureAwait(false);
            if (line.Trim() == "/quit")
                return all;
            all &= await CarryOutAsync(line, cancellationToken).ConfigureAwait(false);
            await idle().ConfigureAwait(false);
            channel.PrintChanged();
        }
    }

    private async Task<bool> CarryOutAsync(string line, CancellationToken cancellationToken)
    {
        var words = line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "/as":
                return Become(words.ElementAtOrDefault(1));
            case "/click":
                return await ClickAsync(line.Trim()["/click".Length..].Trim(), cancellationToken).ConfigureAwait(false);
            case "/drill":
                await SayAsync("drill " + string.Join(' ', words[1..]), cancellationToken).ConfigureAwait(false);
                return true;
            case "/cards":
                channel.PrintAll();
                return true;
            case "/json":
                return await PrintJsonAsync(cancellationToken).ConfigureAwait(false);
            case ['/', ..]:
                return Fail($"There is no {words[0]}. There are: /as NAME, /click TITLE [field=value…], /drill NAME, /cards, /json, /quit.");
            default:
                await SayAsync(line, cancellationToken).ConfigureAwait(false);
                return true;
        }
    }

    private bool Become(string? name)
    {
        if (name is null || Cast.Find(name) is not { } person)
            return Fail($"Nobody is called '{name}'. There are: {string.Join(", ", Cast.All.Select(person => person.Name))}.");
        _speaker = person;
        return true;
    }

    private Task SayAsync(string text, CancellationToken cancellationToken) =>
        inbox.Message(new IncomingMessage(Thread, _speaker, NextId(), text, language), cancellationToken);

    private async Task<bool> ClickAsync(string rest, CancellationToken cancellationToken)
    {
        if (channel.Cards is not { Count: > 0 } cards)
            return Fail("There is no card to click on yet.");
        var card = cards[^1];
        var title = rest.Split(' ', 2)[0];
        if (CardAsText.Buttons(card.Card).FirstOrDefault(button => Names(button, title)) is not { } button)
        {
            var titles = CardAsText.Buttons(card.Card).Select(known => known["title"]!.ToString());
            return Fail($"The newest card has no button '{title}'. It has: {string.Join(", ", titles)}.");
        }

        var values = ((JsonObject)button["data"]!).ToDictionary(pair => pair.Key, pair => pair.Value!.ToString());
        foreach (var (field, value) in ClickFields.Parse(rest[title.Length..]))
            values[field] = value;
        var click = new IncomingClick(Thread, _speaker, NextId(), button["verb"]!.ToString(), values, card.Id, language ?? card.Card["lang"]?.ToString());
        var answer = await inbox.Click(click, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is { } code)
            await output.WriteLineAsync($"refused: {code}").ConfigureAwait(false);
        await output.WriteLineAsync($"(only {_speaker.Name} sees) {answer.Text}").ConfigureAwait(false);
        return true;
    }

    private async Task<bool> PrintJsonAsync(CancellationToken cancellationToken)
    {
        if (channel.Cards is not { Count: > 0 } cards)
            return Fail("There is no card yet.");
        var card = (JsonObject)cards[^1].Card.DeepClone();
        var button = CardAsText.Buttons(card).FirstOrDefault();
        var incident = IncidentOf(button, card) is { } id ? await log.FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
        if (incident is not null)
            card["mailflowbot"] = IncidentSummaryOf.Json(incident);
        await output.WriteLineAsync(card.ToJsonString(Indented)).ConfigureAwait(false);
        return true;
    }

    // Every card of an incident carries its id in a button or, without one, in the heading that is also its fallback text.
    private static IncidentId? IncidentOf(JsonObject? button, JsonObject card)
    {
        var text = button?["data"]?["i"]?.ToString()
            ?? card["fallbackText"]!.ToString().Split(' ').FirstOrDefault(word => word.StartsWith("INC-", StringComparison.Ordinal));
        return IncidentId.TryParse(text, out var id) ? id : null;
    }

    // The titles of both languages name the same button, so that one script runs in either.
    private static bool Names(JsonObject button, string title) =>
        string.Equals(button["title"]!.ToString(), title, StringComparison.OrdinalIgnoreCase)
        || ButtonTitles.Of(button["verb"]!.ToString()).Contains(title, StringComparer.OrdinalIgnoreCase);

    private string NextId() => Thread.Thread + "-" + (++_messages).ToString(CultureInfo.InvariantCulture);

    private bool Fail(string text)
    {
        output.WriteLine("cannot: " + text);
        return false;
    }
}
