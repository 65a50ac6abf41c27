namespace MailFlowBot.Remote.Tracing;

/// <summary>
/// A file of all exchanges with an endpoint, a line of JSON each. Redacted unless told otherwise. It is written above HTTP: headers,
/// tokens, cookies and passwords never come near it, and bodies are in it as they were before encryption.
/// </summary>
/// <param name="to">Where lines go; the trace owns it.</param>
/// <param name="isRedacted">False keeps the texts inside payloads.</param>
/// <param name="time">For the offsets.</param>
internal sealed class WireTrace(TextWriter to, bool isRedacted, TimeProvider time) : IDisposable
{
    private readonly Lock _sync = new();
    private readonly long _began = time.GetTimestamp();
    private readonly EnvelopeRedaction _sent = new();
    private readonly EnvelopeRedaction _received = new();
    private readonly HashSet<string> _seen = [];
    private int _count;

    /// <summary>Creates the file, readable by its owner alone where the system knows that.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    public static WireTrace ToFile(string path, bool isRedacted, TimeProvider time)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new WireTrace(new StreamWriter(path, options), isRedacted, time);
    }

    /// <returns>The number for its answer, and whether the same request was sent before.</returns>
    public (int Number, bool IsRepeat) Sent(string envelope)
    {
        lock (_sync)
        {
            var isRepeat = !_seen.Add(EnvelopeText.MessageId(envelope));
            var number = ++_count;
            Write(new TraceEntry.Sent(number, At(), Shown(envelope, _sent, isRepeat)));
            return (number, isRepeat);
        }
    }

    public void Received((int Number, bool IsRepeat) request, int status, string envelope)
    {
        lock (_sync)
            Write(new TraceEntry.Received(request.Number, At(), status, Shown(envelope, _received, request.IsRepeat)));
    }

    public void Failed((int Number, bool IsRepeat) request, string fault, string delivery)
    {
        lock (_sync)
            Write(new TraceEntry.Failed(request.Number, At(), fault, delivery));
    }

    public void Dispose()
    {
        lock (_sync)
            to.Dispose();
    }

    private string Shown(string envelope, EnvelopeRedaction redaction, bool isRepeat) =>
        !isRedacted ? envelope : isRepeat ? EnvelopeRedaction.Blank(envelope) : redaction.Redact(envelope);

    private TimeSpan At() => time.GetElapsedTime(_began);

    private void Write(TraceEntry entry)
    {
        to.WriteLine(entry.ToJson());
        to.Flush();
    }
}
