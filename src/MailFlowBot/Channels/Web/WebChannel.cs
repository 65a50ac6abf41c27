using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Web;

/// <summary>The playground's channel: threads in memory, shown by any number of browser windows on this machine.</summary>
internal sealed class WebChannel(TimeProvider clock) : IChannel
{
    /// <summary>What <see cref="Conversation.Channel"/> carries.</summary>
    public const string ChannelName = "web";

    private readonly Lock _gate = new();
    private readonly Board _board = new();
    private readonly List<Channel<BoardChange>> _watchers = [];

    public string Name => ChannelName;

    public Task<string> PostCardAsync(Conversation conversation, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        var post = Post.OfCard(NewId(), conversation.Thread, Frozen(card), summary, clock.GetUtcNow());
        Put(_ => post);
        return Task.FromResult(post.Id);
    }

    /// <remarks>
    /// Posts live in memory while incidents outlive the process: an edit of a card that this process never showed, or has dropped,
    /// shows it again under its old id.
    /// </remarks>
    public Task UpdateCardAsync(
        Conversation conversation, string messageId, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        var frozen = Frozen(card);
        var now = clock.GetUtcNow();
        Put(board => board.Find(messageId)?.Edited(frozen, summary, now)
            ?? Post.OfCard(messageId, conversation.Thread, frozen, summary, now));
        return Task.CompletedTask;
    }

    public Task ReplyAsync(Conversation conversation, string text, IReadOnlyList<Person> mention, CancellationToken cancellationToken)
    {
        var post = Post.Reply(NewId(), conversation.Thread, text, [.. mention.Select(person => person.Name)], clock.GetUtcNow());
        Put(_ => post);
        return Task.CompletedTask;
    }

    /// <summary>Shows what a person wrote.</summary>
    /// <param name="id">The browser's id of the message, so that a repeated request is seen as one; null to make one.</param>
    /// <param name="thread">An existing thread, or null to start one.</param>
    /// <returns>The post, and whether it is new; null when the thread is not there (any more).</returns>
    public (Post Post, bool IsNew)? Say(string? id, string? thread, Person from, string text)
    {
        lock (_gate)
        {
            if (id is not null && _board.Find(id) is { } known)
                return (known, false);
            if (thread is not null && !_board.HasThread(thread))
                return null;
            // Incidents outlive the process, so a thread's id must never come twice.
            var post = Post.Message(id ?? NewId(), thread ?? NewId(), from.Name, text, clock.GetUtcNow());
            Tell(_board.Put(post));
            return (post, true);
        }
    }

    /// <summary>The thread in which a card stands; null when the card is not there (any more).</summary>
    public string? ThreadOfCard(string id)
    {
        lock (_gate)
            return _board.Find(id) is { Kind: PostKind.Card } post ? post.Thread : null;
    }

    /// <summary>Begins to watch: the posts of now, and every change after them, none lost between the two.</summary>
    /// <returns>Null when too many are watching.</returns>
    public WebWatch? Watch()
    {
        lock (_gate)
        {
            if (_watchers.Count >= WebLimits.Watchers)
                return null;
            var changes = Channel.CreateBounded<BoardChange>(
                new BoundedChannelOptions(WebLimits.WaitingChanges) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
            _watchers.Add(changes);
            return new WebWatch(new BoardSnapshot([.. _board.Posts]), changes.Reader, () => Forget(changes));
        }
    }

    private void Put(Func<Board, Post> make)
    {
        lock (_gate)
            Tell(_board.Put(make(_board)));
    }

    private void Tell(BoardChange change)
    {
        foreach (var watcher in _watchers)
        {
            // A browser that does not read is cut off and comes back for a snapshot: nobody waits for it.
            if (!watcher.Writer.TryWrite(change))
                watcher.Writer.TryComplete();
        }
    }

    private void Forget(Channel<BoardChange> changes)
    {
        lock (_gate)
            _watchers.Remove(changes);
    }

    /// <summary>The card as it is now: the caller may go on changing its own object.</summary>
    private static JsonElement Frozen(JsonObject card)
    {
        var text = card.ToJsonString();
        if (text.Length > WebLimits.CardLength)
        {
            throw new ArgumentException(
                $"The card has {text.Length} characters of JSON; a channel takes {WebLimits.CardLength}. Cut its evidence.", nameof(card));
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
