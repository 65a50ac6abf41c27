using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailFlowBot.Remote.Tracing;

/// <summary>One line of a trace.</summary>
/// <param name="Number">Counts the requests; an answer has the number of its request.</param>
/// <param name="At">Since the trace began.</param>
internal abstract record TraceEntry(int Number, TimeSpan At)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An envelope went out.</summary>
    internal sealed record Sent(int Number, TimeSpan At, string Envelope) : TraceEntry(Number, At);

    /// <summary>Its answer came, whole.</summary>
    internal sealed record Received(int Number, TimeSpan At, int Status, string Envelope) : TraceEntry(Number, At);

    /// <summary>No answer came, or not all of it.</summary>
    internal sealed record Failed(int Number, TimeSpan At, string Fault, string Delivery) : TraceEntry(Number, At);

    /// <summary>As a line of JSON, without the line break.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer, Readable))
        {
            to.WriteStartObject();
            to.WriteNumber("n", Number);
            to.WriteNumber("at", Math.Round(At.TotalSeconds, 4));
            switch (this)
            {
                case Sent sent:
                    to.WriteString("sent", sent.Envelope);
                    break;
                case Received received:
                    to.WriteNumber("status", received.Status);
                    to.WriteString("received", received.Envelope);
                    break;
                case Failed failed:
                    to.WriteString("failed", failed.Fault);
                    to.WriteString("delivery", failed.Delivery);
                    break;
                default:
                    throw new InvalidOperationException($"No rule for {GetType().Name}.");
            }

            to.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <exception cref="InvalidDataException">Not a line of a trace.</exception>
    public static TraceEntry Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            var number = root.GetProperty("n").GetInt32();
            var at = TimeSpan.FromSeconds(root.GetProperty("at").GetDouble());
            return root.TryGetProperty("sent", out var sent) ? new Sent(number, at, sent.GetString() ?? "")
                : root.TryGetProperty("received", out var received) ? new Received(number, at, root.GetProperty("status").GetInt32(), received.GetString() ?? "")
                : new Failed(number, at, root.GetProperty("failed").GetString() ?? "", root.GetProperty("delivery").GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"This is no line of a trace: {(line.Length > 60 ? line[..60] : line)}", e);
        }
    }
}
