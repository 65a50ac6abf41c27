using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailFlowBot.Incidents;

/// <summary>
/// How events are written: camel case, nulls left out, so that an added optional member does not change old bytes. The type may stand
/// anywhere among the members, since canonical bytes (RFC 8785) are sorted.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(IncidentEvent))]
[JsonSerializable(typeof(Conversation))]
internal sealed partial class EventJson : JsonSerializerContext;
