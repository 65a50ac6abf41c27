using System.Text;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tracing;

/// <summary>
/// Answers as a recording did. A client picks new ids each time, so requests are matched by their action and the number of their
/// command, and the recorded ids in the answers become the live ones. A Receive beyond the recording waits until it is cancelled.
/// Session keys cannot be replayed: their answers are for the key pair of another day.
/// </summary>
internal sealed class ReplayTransport : IWsmanTransport
{
    private const string CommandAction = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command";
    private const string ReceiveAction = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Receive";

    private readonly Lock _sync = new();
    private readonly Dictionary<(string Action, int Command), Queue<Recording.Exchange>> _exchanges = [];
    private readonly List<string> _recordedCommands = [];
    private readonly List<string> _liveCommands = [];
    private readonly Dictionary<string, FragmentWalk> _streams = [];
    private string _recordedShell = "";
    private string _liveShell = "";

    public ReplayTransport(Recording recording)
    {
        foreach (var exchange in recording.Exchanges)
        {
            var key = Key(exchange.Sent, _recordedCommands);
            if (!_exchanges.TryGetValue(key, out var queue))
                _exchanges.Add(key, queue = new Queue<Recording.Exchange>());
            queue.Enqueue(exchange);
            if (EnvelopeText.Shell(exchange.Sent) is { Length: > 0 } shell && _recordedShell.Length == 0)
                _recordedShell = shell;
        }
    }

    /// <inheritdoc/>
    public async Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        var request = Encoding.UTF8.GetString(envelope.Span);
        var action = EnvelopeText.Action(request);
        if (Take(request) is { } reply)
            return reply;
        if (action != ReceiveAction)
            throw new TransportException(TransportFault.BadAnswer, Delivery.NotSent, $"The recording holds no further answer to {action}.");
        await new TaskCompletionSource().Task.WaitAsync(cancellation).ConfigureAwait(false);
        throw new InvalidOperationException("Nothing completes this wait.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private WsmanReply? Take(string request)
    {
        lock (_sync)
        {
            var key = Key(request, _liveCommands);
            if (EnvelopeText.Shell(request) is { Length: > 0 } shell)
                _liveShell = shell;
            if (!_exchanges.TryGetValue(key, out var queue) || !queue.TryDequeue(out var exchange))
                return null;
            return exchange.End switch
            {
                TraceEntry.Received received => new WsmanReply(received.Status, Encoding.UTF8.GetBytes(Live(received.Envelope, request))),
                TraceEntry.Failed failed => throw new TransportException(
                    Enum.TryParse<TransportFault>(failed.Fault, out var fault) ? fault : TransportFault.BrokenOff,
                    Enum.TryParse<Delivery>(failed.Delivery, out var delivery) ? delivery : Delivery.Unknown,
                    "The recording holds no answer here either."),
                _ => null,
            };
        }
    }

    // A Command names a new command; everything else one that is known, or none.
    private static (string Action, int Command) Key(string request, List<string> commands)
    {
        var (action, command) = (EnvelopeText.Action(request), EnvelopeText.Command(request));
        if (action != CommandAction)
            return (action, command.Length == 0 ? -1 : commands.FindIndex(known => known.Equals(command, StringComparison.OrdinalIgnoreCase)));
        commands.Add(command);
        return (action, -1);
    }

    private string Live(string answer, string request)
    {
        answer = EnvelopeText.Relate(answer, EnvelopeText.MessageId(request));
        if (_recordedShell.Length > 0 && _liveShell.Length > 0)
            answer = answer.Replace(_recordedShell, _liveShell, StringComparison.OrdinalIgnoreCase);
        for (var command = 0; command < Math.Min(_recordedCommands.Count, _liveCommands.Count); command++)
        {
            if (_recordedCommands[command].Length > 0)
                answer = answer.Replace(_recordedCommands[command], _liveCommands[command], StringComparison.OrdinalIgnoreCase);
        }

        return EnvelopeText.ChangePayloads(answer, (command, _, bytes) =>
        {
            if (!_streams.TryGetValue(command, out var walk))
                _streams[command] = walk = new FragmentWalk(Owner(_liveShell, command), (_, _) => { });
            walk.Take(bytes);
        });
    }

    // MS-PSRP 2.2.1: RPID at 8, PID at 24 of a message's header. In a shell of PowerShell they are the ids of shell and command.
    private static FragmentWalk.Part Owner(string shell, string command)
    {
        var pool = Guid.TryParse(shell, out var shellId) ? shellId.ToByteArray() : null;
        var pipeline = Guid.TryParse(command, out var commandId) ? commandId.ToByteArray() : null;
        return (bytes, offset) =>
        {
            for (var at = 0; at < bytes.Length; at++)
            {
                if (pool is not null && offset + at is >= 8 and < 24 and var ofPool)
                    bytes[at] = pool[ofPool - 8];
                else if (pipeline is not null && offset + at is >= 24 and < 40 and var ofPipeline)
                    bytes[at] = pipeline[ofPipeline - 24];
            }
        };
    }
}
