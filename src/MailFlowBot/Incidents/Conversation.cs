namespace MailFlowBot.Incidents;

/// <summary>A thread of a channel: where an incident lives.</summary>
/// <param name="Channel">Name of the channel adapter: <c>terminal</c>, <c>web</c>, <c>teams</c>.</param>
/// <param name="Thread">The adapter's id of the thread.</param>
/// <param name="ServiceUrl">Where the Teams connector is reached; null elsewhere.</param>
internal sealed record Conversation(string Channel, string Thread, string? ServiceUrl = null)
{
    /// <summary>The service URL may move; thread and channel are the identity.</summary>
    public bool SameThread(Conversation other) => Channel == other.Channel && Thread == other.Thread;
}

/// <summary>A message that was addressed to the bot.</summary>
/// <param name="Id">The channel's id of the activity; deliveries with the same id are one.</param>
/// <param name="Text">As typed; foreign text.</param>
/// <param name="Language"><c>en</c> or <c>ja</c> when the channel knows the writer's, else null.</param>
internal sealed record IncomingMessage(Conversation Conversation, Person From, string Id, string Text, string? Language);

/// <summary>A click on a button of a card.</summary>
/// <param name="Verb">Such as <c>fix.approve</c>.</param>
/// <param name="Values">Opaque ids of the card and what was typed into its inputs, all of it as the client sent it.</param>
/// <param name="CardMessage">Id of the message that holds the card; null when the channel did not tell.</param>
internal sealed record IncomingClick(
    Conversation Conversation, Person From, string Id, string Verb, IReadOnlyDictionary<string, string> Values, string? CardMessage,
    string? Language);

/// <summary>What the clicker alone sees, at once.</summary>
/// <param name="Refusal">Code of a refusal, or null when the click did what it says.</param>
internal sealed record ClickAnswer(string Text, string? Refusal);

/// <summary>Entry points of the host that channels call. Each returns when the work that answers the person is done or queued.</summary>
internal sealed record Inbox(
    Func<IncomingMessage, CancellationToken, Task> Message,
    Func<IncomingClick, CancellationToken, Task<ClickAnswer>> Click);
