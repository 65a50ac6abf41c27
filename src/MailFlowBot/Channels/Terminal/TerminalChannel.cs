using System.Globalization;
using System.Text.Json.Nodes;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Terminal;

/// <summary>
/// A channel of one thread on a terminal. An edit shows as one line while work goes on; the whole card is printed when the line that
/// caused it has come to its end.
/// </summary>
internal sealed class TerminalChannel(TextWriter output) : IChannel
{
    private readonly Lock _lock = new();
    private readonly List<ShownCard> _cards = [];
    private readonly HashSet<string> _changed = [];
    private string? _lastSummary;

    /// <summary>A card as it is now.</summary>
    internal sealed record ShownCard(string Id, JsonObject Card);

    public string Name => "terminal";

    public IReadOnlyList<ShownCard> Cards
    {
        get
        {
            lock (_lock)
                return [.. _cards];
        }
    }

    public Task<string> PostCardAsync(Conversation conversation, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var id = "card-" + (_cards.Count + 1).ToString(CultureInfo.InvariantCulture);
            _cards.Add(new ShownCard(id, card));
            Note(id, summary);
            return Task.FromResult(id);
        }
    }

    public Task UpdateCardAsync(
        Conversation conversation, string messageId, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var at = _cards.FindIndex(shown => shown.Id == messageId);
            if (at >= 0)
            {
                _cards[at] = new ShownCard(messageId, card);
                Note(messageId, summary);
            }
        }

        return Task.CompletedTask;
    }

    public Task ReplyAsync(Conversation conversation, string text, IReadOnlyList<Person> mention, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var names = mention.Count == 0 ? "" : string.Join(' ', mention.Select(person => "@" + person.Name)) + " ";
            output.WriteLine("bot: " + names + text.Replace("\n", Environment.NewLine + "     ", StringComparison.Ordinal));
        }

        return Task.CompletedTask;
    }

    /// <summary>Prints every card that changed since the last call.</summary>
    public void PrintChanged()
    {
        lock (_lock)
        {
            foreach (var shown in _cards.Where(shown => _changed.Contains(shown.Id)))
                Print(shown);
            _changed.Clear();
            _lastSummary = null;
        }
    }

    public void PrintAll()
    {
        lock (_lock)
        {
            foreach (var shown in _cards)
                Print(shown);
        }
    }

    private void Print(ShownCard shown)
    {
        output.WriteLine($"──── {shown.Id}");
        output.WriteLine(CardAsText.Render(shown.Card));
        output.WriteLine("────");
    }

    private void Note(string id, string summary)
    {
        _changed.Add(id);
        if (summary != _lastSummary)
            output.WriteLine($"[{id}] {summary}");
        _lastSummary = summary;
    }
}
