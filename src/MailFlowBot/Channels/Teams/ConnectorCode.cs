using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>What is worth logging of a connector's refusal: its code and the trace id that Microsoft's support asks for.</summary>
internal static class ConnectorCode
{
    private const int MaxLength = 64;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>The code of <c>{"error":{"code"}}</c> or <c>{"errorCode"}</c>; null when there is none.</summary>
    public static string? Read(byte[] answer)
    {
        var root = Parse(answer);
        var code = root.Member("error").TextOf("code");
        if (code is null && root.Member("errorCode") is { ValueKind: JsonValueKind.Number } number)
            code = number.GetRawText();
        return Word(code);
    }

    /// <summary>The header MS-CV.</summary>
    public static string? Vector(HttpResponseMessage response) =>
        response.Headers.TryGetValues("MS-CV", out var values) ? Word(values.First()) : null;

    /// <summary>The JSON of an answer; undefined when it is none.</summary>
    public static JsonElement Parse(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer, Options);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The answer's status says what matters; a body that is no JSON adds nothing.
            return default;
        }
    }

    // Foreign text on its way into a log: letters, digits and few marks only.
    private static string? Word(string? text) =>
        text is null ? null : new string([.. text.Take(MaxLength).Where(letter => char.IsAsciiLetterOrDigit(letter) || ".-_+/".Contains(letter))]);
}
