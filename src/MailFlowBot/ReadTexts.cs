using System.Text.Encodings.Web;
using System.Text.Json;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot;

/// <summary>
/// Reads symptom texts from a stream and writes a reading each, one JSON object a line. False when a line was no text.
/// </summary>
internal sealed class ReadTexts(IReadOnlyCollection<ServerName> inventory, string? language)
{
    /// <summary>
    /// Longest text of one piece that is taken in; arbitrary, above what is read of it (64 Ki), so that what was left out can
    /// be told.
    /// </summary>
    public const int LongestText = 4 * 1024 * 1024;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>All input is one text.</summary>
    public async Task<bool> WholeAsync(TextReader input, Stream output, CancellationToken cancellationToken)
    {
        var text = await TextInput.ReadAsync(input, LongestText, cancellationToken).ConfigureAwait(false);
        await WriteAsync(output, writer => Write(writer, id: null, text), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// A line is <c>{"id","text"}</c>. A line that is none gives an object with <c>error</c> in its place, and the next is
    /// read: whoever
    /// sends a thousand texts does not lose 999 to one.
    /// </summary>
    public async Task<bool> LinesAsync(TextReader input, Stream output, CancellationToken cancellationToken)
    {
        var right = true;
        var number = 0;
        await foreach (var (line, complete) in BoundedLines.Of(input, LongestText, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            await WriteAsync(output, writer => right &= complete ? Line(writer, number, line) : TooLong(writer, number), cancellationToken)
                .ConfigureAwait(false);
        }

        return right;
    }

    /// <returns>False when an error was written instead of a reading.</returns>
    private bool Line(Utf8JsonWriter writer, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(LoneSurrogates.Replace(line));
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Error(writer, null, number, $"an object {{\"id\",\"text\"}} is expected, this is {root.ValueKind}");
            JsonElement? id = root.TryGetProperty("id", out var given) ? given : null;
            if (!root.TryGetProperty("text", out var text))
                return Error(writer, id, number, "the member \"text\" is missing");
            if (text.ValueKind != JsonValueKind.String)
                return Error(writer, id, number, $"the member \"text\" must be a string, it is {text.ValueKind}");
            Write(writer, id, text.GetString() ?? "");
            return true;
        }
        catch (JsonException fault)
        {
            return Error(writer, null, number, $"no JSON: {fault.Message}");
        }
    }

    private static bool TooLong(Utf8JsonWriter writer, int number) =>
        Error(writer, null, number, $"longer than {LongestText} characters; split it or cut the text");

    private void Write(Utf8JsonWriter writer, JsonElement? id, string text) =>
        ReadingJson.Write(writer, id, SymptomReader.Read(text, inventory), language);

    private static bool Error(Utf8JsonWriter writer, JsonElement? id, int line, string fault)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id");
        if (id is { } given)
            given.WriteTo(writer);
        else
            writer.WriteNullValue();
        writer.WriteNumber("line", line);
        writer.WriteString("error", fault);
        writer.WriteEndObject();
        return false;
    }

    // Flushed each time: somebody may wait for the answer before sending the next line.
    private static async Task WriteAsync(Stream output, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Format))
            write(writer);
        await output.WriteAsync(bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(LineEnd, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
