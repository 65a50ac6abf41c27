using System.Text.Json.Nodes;

namespace MailFlowBot.Testing.Teams;

/// <summary>A request that reached the fake connector.</summary>
/// <param name="Target">Path and query exactly as they were on the wire.</param>
/// <param name="Body">Null when there was none.</param>
public sealed record ConnectorRequest(string Method, string Target, string? Authorization, string? ContentType, JsonObject? Body)
{
    /// <summary>The text of a posted message; null for a card.</summary>
    public string? Text => (string?)Body?["text"];

    /// <summary>The card of a posted message.</summary>
    public JsonObject? Card => Body?["attachments"]?[0]?["content"]?.AsObject();
}
