namespace MailFlowBot.Remote.Tracing;

/// <summary>The finished exchanges of a trace, in the order in which their requests went out.</summary>
internal sealed class Recording
{
    // Arbitrary: far above any session that somebody records to show a fault.
    private const int MaxLines = 1_000_000;

    private const string DeleteAction = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete";
    private const string ReceiveAction = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Receive";

    private Recording(IReadOnlyList<Exchange> exchanges) => Exchanges = exchanges;

    public IReadOnlyList<Exchange> Exchanges { get; }

    /// <exception cref="InvalidDataException">Not a trace, or larger than allowed.</exception>
    public static Recording Read(TextReader from)
    {
        var sent = new Dictionary<int, TraceEntry.Sent>();
        var ended = new SortedDictionary<int, Exchange>();
        var lines = 0;
        var deletion = 0;
        while (from.ReadLine() is { } line)
        {
            if (++lines > MaxLines)
                throw new InvalidDataException($"The trace has more than {MaxLines} lines.");
            if (line.Length == 0)
                continue;
            switch (TraceEntry.Read(line))
            {
                case TraceEntry.Sent request:
                    sent[request.Number] = request;
                    if (EnvelopeText.Action(request.Envelope) == DeleteAction)
                        deletion = request.Number;
                    break;

                // A Receive that the deletion of its shell ended: replayed, it would end the session before its time.
                case var end when end.Number < deletion && sent.TryGetValue(end.Number, out var receive)
                    && EnvelopeText.Action(receive.Envelope) == ReceiveAction:
                    break;
                case var end when sent.TryGetValue(end.Number, out var request):
                    ended[end.Number] = new Exchange(request.Envelope, end);
                    break;
                case var end:
                    throw new InvalidDataException($"The trace answers a request {end.Number} that it does not hold.");
            }
        }

        return new Recording([.. ended.Values]);
    }

    /// <summary>A request and how it ended.</summary>
    internal sealed record Exchange(string Sent, TraceEntry End);
}
