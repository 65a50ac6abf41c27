using System.Text.Json;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// A reading as one JSON object, as the verb <c>read</c> prints it. Offsets and lengths are UTF-16 units of the text as given.
/// </summary>
public static class ReadingJson
{
    /// <param name="writer">Gets one object.</param>
    /// <param name="id">The JSON value that the text came with, given back as it is; null where it had none.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="language">Language of the question, <c>en</c> or <c>ja</c>; null for that of the text.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement? id, SymptomReading reading, string? language)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(reading);
        writer.WriteStartObject();
        writer.WritePropertyName("id");
        if (id is { } given)
            given.WriteTo(writer);
        else
            writer.WriteNullValue();
        writer.WriteString("language", reading.Language);
        writer.WriteString("class", reading.Class);
        writer.WriteNumber("confidence", reading.Confidence);
        writer.WriteBoolean("abstained", reading.Abstained);
        writer.WriteStartArray("candidates");
        foreach (var candidate in reading.Candidates)
        {
            writer.WriteStartObject();
            writer.WriteString("class", candidate.Class);
            writer.WriteNumber("score", candidate.Score);
            Write(writer, "because", candidate.Because);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, "signals", reading.Signals);
        Write(writer, "servers", reading.Servers.Select(server => server.Value));
        Write(writer, "articles", reading.Articles);
        writer.WriteString("ask", reading.Ask is { } ask ? SkillTexts.Format(language ?? reading.Language, ask) : null);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<Signal> signals)
    {
        writer.WriteStartArray(name);
        foreach (var signal in signals)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", signal.Kind);
            writer.WriteString("value", signal.Value);
            writer.WriteNumber("start", signal.Start);
            writer.WriteNumber("length", signal.Length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
