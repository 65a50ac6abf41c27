using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>The last line of a transcript: a signature over everything before it.</summary>
/// <param name="Incident">Such as <c>INC-7</c>.</param>
/// <param name="Events">How many events the log had.</param>
/// <param name="Head">Hash of the last event.</param>
/// <param name="Sha256">SHA-256 (hex) of all bytes before the line.</param>
/// <param name="KeyId">Whose signature it is; see <see cref="Remote.Approvals.KeyId"/>.</param>
/// <param name="Signature">ECDSA P-256 over the canonical JSON (RFC 8785) of the other members.</param>
internal sealed record Seal(string Incident, long Events, string Head, string Sha256, string KeyId, string Signature)
{
    /// <summary>Name and version of the transcript format.</summary>
    public const string FormatName = "mailflowbot-transcript/1";

    private const string JsonPrefix = "\"seal\":";
    private const string JsonSuffix = "}";
    private const string CommentPrefix = "<!-- mailflowbot-seal ";
    private const string CommentSuffix = " -->";

    /// <param name="before">All bytes of the file before the seal's line, the last line break included.</param>
    public static Seal Over(ReadOnlySpan<byte> before, string incident, long events, string head, ApprovalKey key)
    {
        var unsigned = new Seal(incident, events, head, Convert.ToHexStringLower(SHA256.HashData(before)), key.Id.Value, "");
        return unsigned with { Signature = key.Sign(SigningPurpose.Transcript, unsigned.Signed()).Value };
    }

    public bool Fits(ReadOnlySpan<byte> before) => Sha256 == Convert.ToHexStringLower(SHA256.HashData(before));

    public bool SignedBy(TrustedKey key) =>
        key.Id.Value == KeyId
        && SignatureText.Read(Signature) is { } signature
        && key.Verifies(SigningPurpose.Transcript, Signed(), signature);

    /// <summary>The line, without its line break. A comment in Markdown and HTML, the last member in JSON.</summary>
    public string Line(TranscriptFormat format)
    {
        var members = Members();
        members["signature"] = Signature;
        var json = Encoding.UTF8.GetString(CanonicalJson.Serialize(members));
        return format == TranscriptFormat.Json ? JsonPrefix + json + JsonSuffix : CommentPrefix + json + CommentSuffix;
    }

    /// <summary>Null when the line is no seal, or not spelled exactly as <see cref="Line"/> spells it.</summary>
    public static Seal? Read(string line)
    {
        var json = Between(line, JsonPrefix, JsonSuffix);
        var format = json is null ? TranscriptFormat.Markdown : TranscriptFormat.Json;
        json ??= Between(line, CommentPrefix, CommentSuffix);
        if (json is null)
            return null;
        try
        {
            var seal = JsonNode.Parse(json) is JsonObject members ? From(members) : null;
            return seal?.Line(format) == line ? seal : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static Seal? From(JsonObject members) =>
        members["incident"]?.GetValue<string>() is { } incident
        && members["events"]?.GetValue<long>() is { } events
        && members["head"]?.GetValue<string>() is { } head
        && members["sha256"]?.GetValue<string>() is { } sha256
        && members["keyId"]?.GetValue<string>() is { } keyId
        && members["signature"]?.GetValue<string>() is { } signature
            ? new Seal(incident, events, head, sha256, keyId, signature)
            : null;

    // The member "seal" keeps a seal from ever being a checkpoint: both are signed for the purpose Transcript.
    private byte[] Signed() => CanonicalJson.Serialize(new JsonObject { ["seal"] = Members() });

    private JsonObject Members() => new()
    {
        ["events"] = Events,
        ["format"] = FormatName,
        ["head"] = Head,
        ["incident"] = Incident,
        ["keyId"] = KeyId,
        ["sha256"] = Sha256,
    };

    private static string? Between(string line, string prefix, string suffix) =>
        line.Length > prefix.Length + suffix.Length
        && line.StartsWith(prefix, StringComparison.Ordinal)
        && line.EndsWith(suffix, StringComparison.Ordinal)
            ? line[prefix.Length..^suffix.Length]
            : null;
}
