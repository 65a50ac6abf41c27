using System.Text.Json.Serialization;

namespace MailFlowBot.Channels.Web;

/// <summary>Outgoing JSON of the event stream. Apart from <see cref="WebJson"/>: its depth cap is for what comes in.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(BoardSnapshot))]
[JsonSerializable(typeof(BoardChange))]
internal sealed partial class BoardJson : JsonSerializerContext;
