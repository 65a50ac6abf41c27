using MailFlowBot.Remote.Tracing;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>
/// A file that records every exchange with endpoints, a line of JSON each: envelopes as they were before encryption, their texts
/// replaced; headers, tokens and passwords never come near it. Whoever opens it disposes of it, after the endpoints.
/// </summary>
public sealed class ExchangeTrace : IDisposable
{
    private readonly WireTrace _trace;

    private ExchangeTrace(WireTrace trace) => _trace = trace;

    /// <summary>Begins a new file, readable by its owner alone.</summary>
    /// <exception cref="IOException">It is there already, or cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to its folder.</exception>
    public static ExchangeTrace Create(string path) => new(WireTrace.ToFile(path, isRedacted: true, TimeProvider.System));

    public void Dispose() => _trace.Dispose();

    internal IWsmanTransport Record(IWsmanTransport transport) => new TracingTransport(transport, _trace);
}
