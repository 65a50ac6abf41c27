using System.Text.Json.Nodes;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Teams;

/// <summary>Shows cards and replies in Teams threads.</summary>
internal sealed class TeamsChannel(
    ConnectorClient connector, ThreadAddresses addresses, People people, OutgoingActivity outgoing, SendPace pace) : IChannel
{
    public const string ChannelName = "teams";

    private readonly CardRevisions _revisions = new();

    public string Name => ChannelName;

    /// <exception cref="ConnectorFailed">The card could not be posted, or it is unknown whether it was.</exception>
    public async Task<string> PostCardAsync(Conversation conversation, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        var activity = outgoing.Card(conversation.Thread, card, summary);
        await pace.TurnAsync(conversation.Thread, cancellationToken).ConfigureAwait(false);
        return await connector.PostAsync(addresses.Of(conversation), conversation.Thread, activity, cancellationToken).ConfigureAwait(false)
            ?? throw new ConnectorFailed(ConnectorFault.OutcomeUnknown, "The connector took the card and gave no id to edit it by.");
    }

    /// <exception cref="ConnectorFailed">The card could not be edited; <see cref="ConnectorFault.Gone"/> when it was deleted.</exception>
    public Task UpdateCardAsync(
        Conversation conversation, string messageId, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        // Written at once: the caller may go on with its card while this edit waits for its turn.
        var activity = outgoing.Card(conversation.Thread, card, summary);
        return _revisions.RunAsync(
            conversation.Thread, messageId, () => pace.TurnAsync(conversation.Thread, cancellationToken),
            () => connector.ReplaceAsync(addresses.Of(conversation), conversation.Thread, messageId, activity, cancellationToken));
    }

    /// <exception cref="ConnectorFailed">The text could not be posted, or it is unknown whether it was.</exception>
    public async Task ReplyAsync(Conversation conversation, string text, IReadOnlyList<Person> mention, CancellationToken cancellationToken)
    {
        var activity = mention.Count == 0
            ? outgoing.Text(conversation.Thread, text)
            : outgoing.Text(conversation.Thread, text, [.. mention.Select(person => (people.MentionId(person), person.Name))]);
        await pace.TurnAsync(conversation.Thread, cancellationToken).ConfigureAwait(false);
        await connector.PostAsync(addresses.Of(conversation), conversation.Thread, activity, cancellationToken).ConfigureAwait(false);
    }
}
