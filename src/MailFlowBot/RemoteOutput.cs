using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Endpoints;

namespace MailFlowBot;

/// <summary>What <c>remote identify|invoke</c> prints: lines for people, or one JSON object.</summary>
internal static class RemoteOutput
{
    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    public static void Offers(IReadOnlyList<string> offers) =>
        Console.WriteLine($"authentication  {(offers.Count == 0 ? "none asked for" : string.Join(", ", offers))}");

    public static void Identity(EndpointIdentity identity, IReadOnlyList<string> offers, bool json)
    {
        if (json)
        {
            var all = new JsonObject
            {
                ["vendor"] = identity.Vendor,
                ["version"] = identity.Product,
                ["protocol"] = identity.ProtocolVersion,
                ["authentication"] = new JsonArray([.. offers.Select(offer => JsonValue.Create(offer))]),
                ["securityProfiles"] = new JsonArray([.. identity.SecurityProfiles.Select(profile => JsonValue.Create(profile))]),
            };
            Console.WriteLine(all.ToJsonString(Compact));
            return;
        }

        Console.WriteLine($"vendor          {identity.Vendor ?? "(not said)"}");
        Console.WriteLine($"version         {identity.Product ?? "(not said)"}");
        Console.WriteLine($"protocol        {identity.ProtocolVersion}");
        foreach (var profile in identity.SecurityProfiles)
            Console.WriteLine($"profile         {profile}");
    }

    /// <summary>The fact on standard output; with <paramref name="json"/> also why there is none.</summary>
    public static void Answer(ReadAnswer answer, bool json)
    {
        if (json)
        {
            Console.WriteLine(Json(answer).ToJsonString(Compact));
            return;
        }

        switch (answer)
        {
            case Seen seen:
                Console.Error.WriteLine($"{Named(seen.Read)}: answered by {seen.Origin.Name} in {seen.Took.TotalMilliseconds:0} ms");
                Console.WriteLine(Fact(seen).ToJsonString(Indented));
                break;
            case NotSeen missed:
                Console.Error.WriteLine($"{Named(missed.Read)}: not seen ({missed.Reason}). {missed.Detail}");
                break;
        }
    }

    private static string Named(ReadOperation read) => read.Server is { } server ? $"{read.Id} {server}" : read.Id;

    private static JsonObject Json(ReadAnswer answer) => new()
    {
        ["operation"] = answer.Read.Id,
        ["server"] = answer.Read.Server?.Value,
        ["at"] = answer.At.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["answeredBy"] = (answer as Seen)?.Origin.Name,
        ["ms"] = answer is Seen timed ? Math.Round(timed.Took.TotalMilliseconds, 1) : null,
        ["fact"] = answer is Seen seen ? Fact(seen) : null,
        ["notSeen"] = answer is NotSeen missed ? new JsonObject { ["reason"] = missed.Reason.ToString(), ["detail"] = missed.Detail } : null,
    };

    private static JsonNode Fact(Seen seen) => JsonSerializer.SerializeToNode(seen.Fact, seen.Fact.GetType(), Compact)!;
}
