using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// JSON Canonicalization Scheme, RFC 8785: the one byte form of plans, decisions, grants, reports, events and transcripts. Members sorted
/// by UTF-16 code units, no white space, smallest escapes, numbers as ECMAScript writes them, UTF-8 without a byte order mark.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Nesting above this is refused: our own documents are flat, deeper ones are an attack on the stack.</summary>
    public const int MaxDepth = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <param name="node">Null is written as the literal null.</param>
    /// <exception cref="CanonicalJsonException">A number is not finite, a text holds a lone surrogate, or the nesting is too deep.</exception>
    public static byte[] Serialize(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        try
        {
            return StrictUtf8.GetBytes(text.ToString());
        }
        catch (EncoderFallbackException fault)
        {
            throw new CanonicalJsonException("a text holds half of a surrogate pair", fault);
        }
    }

    /// <inheritdoc cref="Serialize(JsonNode?)"/>
    public static byte[] Serialize(JsonElement element)
    {
        try
        {
            return Serialize(JsonNode.Parse(element.GetRawText(), documentOptions: NoDuplicates));
        }
        catch (JsonException fault)
        {
            throw new CanonicalJsonException("a member name is used twice or the nesting is too deep", fault);
        }
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        if (depth > MaxDepth)
            throw new CanonicalJsonException($"the nesting is deeper than {MaxDepth}");
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                WriteObject(text, members, depth);
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(text, items[i], depth + 1);
                }

                text.Append(']');
                break;
            default:
                WriteScalar(text, node.AsValue());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonObject members, int depth)
    {
        text.Append('{');
        var first = true;
        // RFC 8785 3.2.3: by UTF-16 code units, which is what an ordinal comparison of .NET strings does.
        foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (!first)
                text.Append(',');
            first = false;
            WriteText(text, name);
            text.Append(':');
            Write(text, value, depth + 1);
        }

        text.Append('}');
    }

    private static void WriteScalar(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.Number:
                text.Append(CanonicalNumber.Format(value));
                break;
            default:
                WriteText(text, TextOf(value));
                break;
        }
    }

    private static string TextOf(JsonValue value)
    {
        try
        {
            return value.TryGetValue<string>(out var text)
                ? text
                : throw new CanonicalJsonException("only texts, numbers and truth values are scalars here");
        }
        catch (InvalidOperationException fault)
        {
            throw new CanonicalJsonException("a text holds half of a surrogate pair", fault);
        }
    }

    // RFC 8785 3.2.2.2: two-character escapes where JSON has them, \u00xx for the other controls, everything else as it is.
    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u00").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
