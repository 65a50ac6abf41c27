using System.Collections.Concurrent;
using MailFlowBot.Access;
using MailFlowBot.Cards;
using MailFlowBot.Hosting;
using MailFlowBot.Incidents;
using MailFlowBot.Wording;

namespace MailFlowBot.Channels;

/// <summary>
/// Keeps the one root card of every incident as its events have it. Edits of one incident follow each other and skip states that are
/// overtaken; the card is computed from the log, so an edit that failed is healed by the next one.
/// </summary>
internal sealed class CardPresenter(
    IncidentLog log, IReadOnlyDictionary<string, IChannel> channels, Backlog backlog, AccessList access, TimeProvider time)
{
    private readonly ConcurrentDictionary<IncidentId, Pending> _pending = new();

    public void Watch() => log.Appended += incident =>
    {
        if (incident.Id != IncidentId.Installation && incident.Events[^1].Event is not (CardShown or Checkpoint))
            Show(incident);
    };

    private void Show(Incident incident)
    {
        var pending = _pending.GetOrAdd(incident.Id, _ => new Pending());
        bool start;
        lock (pending)
        {
            if (pending.Newest is null || pending.Newest.Length < incident.Length)
                pending.Newest = incident;
            start = !pending.Working;
            pending.Working = true;
        }

        if (start)
            backlog.Run($"card of {incident.Id}", token => WorkAsync(pending, token));
    }

    private async Task WorkAsync(Pending pending, CancellationToken cancellationToken)
    {
        while (Next(pending) is { } incident)
        {
            try
            {
                await PresentAsync(pending, incident, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                lock (pending)
                    pending.Working = false;
                throw;
            }
        }
    }

    private static Incident? Next(Pending pending)
    {
        lock (pending)
        {
            var next = pending.Newest;
            pending.Newest = null;
            pending.Working = next is not null;
            return next;
        }
    }

    private async Task PresentAsync(Pending pending, Incident incident, CancellationToken cancellationToken)
    {
        if (!channels.TryGetValue(incident.Opened.Conversation.Channel, out var channel))
            return;
        var language = incident.Language;
        var now = time.GetUtcNow();
        var card = IncidentCard.Render(incident, language, now);
        var summary = IncidentCard.Heading(incident, new Words(language, now));
        var conversation = incident.Opened.Conversation;
        var message = incident.CardMessage ?? pending.Message;
        // Much is noted in the log that the card does not show; an edit without a difference is none.
        var content = card.ToJsonString();
        if (content == pending.Content)
            return;
        if (message is null)
        {
            pending.Message = await channel.PostCardAsync(conversation, card, summary, cancellationToken).ConfigureAwait(false);
            await log.AppendAsync(incident.Id, new CardShown(pending.Message), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await channel.UpdateCardAsync(conversation, message, card, summary, cancellationToken).ConfigureAwait(false);
        }

        pending.Content = content;
        await NotifyAsync(pending, channel, incident, language, cancellationToken).ConfigureAwait(false);
    }

    // Edits do not notify anybody: that an approval is needed is one reply that mentions those who may give it.
    private async Task NotifyAsync(Pending pending, IChannel channel, Incident incident, string language, CancellationToken cancellationToken)
    {
        if (!incident.PlanIsOpen || incident.Plan is not { } plan || pending.Notified == plan.Digest)
            return;
        pending.Notified = plan.Digest;
        var approvers = access.Approvers.Where(approver => plan.Requesters.All(requester => requester.ObjectId != approver.ObjectId)).ToList();
        var text = plan.Kind == "inverse"
            ? Phrases.Say(language, "notify.worse", ("id", incident.Id.ToString()))
            : Phrases.Say(language, "notify.approval", ("id", incident.Id.ToString()), ("class", plan.Class), ("expires", Times.Utc(plan.Expires)));
        await channel.ReplyAsync(incident.Opened.Conversation, text, approvers, cancellationToken).ConfigureAwait(false);
    }

    private sealed class Pending
    {
        public Incident? Newest { get; set; }

        public bool Working { get; set; }

        public string? Message { get; set; }

        public string? Content { get; set; }

        public string? Notified { get; set; }
    }
}
