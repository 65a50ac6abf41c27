using System.Text.Json.Nodes;

namespace MailFlowBot.Incidents;

/// <summary>A way to show things to people in a thread.</summary>
internal interface IChannel
{
    /// <summary>The name that <see cref="Conversation.Channel"/> carries.</summary>
    string Name { get; }

    /// <summary>Posts a card into the thread. Never together with text: Teams would split it and return no id.</summary>
    /// <param name="card">An Adaptive Card 1.5.</param>
    /// <param name="summary">Plain text of the toast.</param>
    /// <returns>The id under which the card can be edited.</returns>
    Task<string> PostCardAsync(Conversation conversation, JsonObject card, string summary, CancellationToken cancellationToken);

    /// <summary>Replaces a card that was posted; the newest wins. Edits do not notify anybody.</summary>
    Task UpdateCardAsync(Conversation conversation, string messageId, JsonObject card, string summary, CancellationToken cancellationToken);

    /// <summary>Posts plain text into the thread.</summary>
    /// <param name="mention">People to mention, who are then notified.</param>
    Task ReplyAsync(Conversation conversation, string text, IReadOnlyList<Person> mention, CancellationToken cancellationToken);
}
