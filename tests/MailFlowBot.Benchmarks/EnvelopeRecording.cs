using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Benchmarks;

/// <summary>Keeps the envelopes of one pipeline, to send them again without understanding them.</summary>
internal sealed partial class EnvelopeRecording
{
    // Offset of the pipeline's id in a message, behind the fragment's header of 21 bytes: destination 4, type 4, pool 16.
    private const int PipelineIdAt = 21 + 4 + 4 + 16;

    private readonly List<string> _envelopes = [];
    private bool _recording;

    public IWsmanTransport Around(IWsmanTransport inner) => new Recorder(this, inner);

    public void Begin()
    {
        lock (_envelopes)
            _recording = true;
    }

    /// <summary>The envelopes since the beginning, without those of the pool's own stream, which are not the pipeline's.</summary>
    public IReadOnlyList<string> End()
    {
        lock (_envelopes)
        {
            _recording = false;
            return [.. _envelopes.Where(envelope => envelope.Contains("CommandId", StringComparison.Ordinal))];
        }
    }

    /// <summary>The same envelopes for a command of their own: new message ids, a new command id in all of them and in the message.</summary>
    public static IReadOnlyList<byte[]> Renew(IReadOnlyList<string> envelopes)
    {
        var command = Guid.NewGuid();
        return [.. envelopes.Select(envelope =>
        {
            var text = MessageId().Replace(envelope, _ => $"uuid:{Guid.NewGuid().ToString().ToUpperInvariant()}<");
            text = CommandId().Replace(text, $"CommandId=\"{command.ToString().ToUpperInvariant()}\"");
            text = Arguments().Replace(text, match => $"{match.Groups[1].Value}{Readdress(match.Groups[2].Value, command)}<");
            return Encoding.UTF8.GetBytes(text);
        })];
    }

    private static string Readdress(string arguments, Guid command)
    {
        var bytes = Convert.FromBase64String(arguments);

        // An object id that grows is the one thing that a server insists on; its own counter starts far above what was used.
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)Environment.TickCount64 + 1_000_000);
        command.TryWriteBytes(bytes.AsSpan(PipelineIdAt, 16));
        return Convert.ToBase64String(bytes);
    }

    [GeneratedRegex("uuid:[0-9A-F-]{36}<(?=/a:MessageID)")]
    private static partial Regex MessageId();

    [GeneratedRegex("CommandId=\"[0-9A-F-]{36}\"")]
    private static partial Regex CommandId();

    [GeneratedRegex("(Arguments[^>]*>)([A-Za-z0-9+/=]+)<")]
    private static partial Regex Arguments();

    private sealed class Recorder(EnvelopeRecording recording, IWsmanTransport inner) : IWsmanTransport
    {
        public Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
        {
            lock (recording._envelopes)
            {
                if (recording._recording)
                    recording._envelopes.Add(Encoding.UTF8.GetString(envelope.Span));
            }

            return inner.PostAsync(envelope, cancellation);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
