using System.Text.Json;

namespace MailFlowBot.Channels.Web;

/// <summary>Body of <c>POST /playground/clicks</c>: who, on which card, and the value of Teams' <c>adaptiveCard/action</c> invoke.</summary>
/// <param name="ReplyToId">Id of the post that holds the card.</param>
internal sealed record PostedClick(string? As, string? Language, string? ReplyToId, ClickValue? Value);

internal sealed record ClickValue(ClickAction? Action, string? Trigger);

/// <param name="Data">The action's data with the values of the inputs merged into it, as the card library does it.</param>
internal sealed record ClickAction(string? Type, string? Verb, IReadOnlyDictionary<string, JsonElement>? Data);

/// <summary>Answer to a click, in the shape of Teams' invoke response.</summary>
/// <param name="Refusal">Code of a refusal, for the colour of the line; Teams has no such member.</param>
internal sealed record PostedClickAnswer(int StatusCode, string Type, string Value, string? Refusal);
