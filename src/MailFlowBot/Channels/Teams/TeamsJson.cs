using System.Text.Json.Serialization;

namespace MailFlowBot.Channels.Teams;

/// <summary>All JSON of the channel. Depth is capped: the body was written by a stranger until the token says otherwise.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = ActivityReader.MaxDepth,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(OpenIdMetadata))]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(InvokeAnswer))]
[JsonSerializable(typeof(InvokeError))]
[JsonSerializable(typeof(Member))]
internal sealed partial class TeamsJson : JsonSerializerContext;
