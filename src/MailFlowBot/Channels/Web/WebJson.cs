using System.Text.Json.Serialization;

namespace MailFlowBot.Channels.Web;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    MaxDepth = WebLimits.JsonDepth)]
[JsonSerializable(typeof(PostedMessage))]
[JsonSerializable(typeof(PostedMessageAnswer))]
[JsonSerializable(typeof(PostedClick))]
[JsonSerializable(typeof(PostedClickAnswer))]
[JsonSerializable(typeof(PlaygroundPage))]
[JsonSerializable(typeof(IReadOnlyList<PlaygroundPerson>))]
internal sealed partial class WebJson : JsonSerializerContext;
