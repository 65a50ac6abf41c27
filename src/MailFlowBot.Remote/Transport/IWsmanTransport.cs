namespace MailFlowBot.Remote.Transport;

/// <summary>
/// Carries envelopes to one endpoint and brings the answers. Bytes only: it knows nothing of shells. Several requests may be
/// under way at a time.
/// </summary>
internal interface IWsmanTransport : IAsyncDisposable
{
    /// <exception cref="TransportException">No answer came; says whether the envelope may have arrived.</exception>
    /// <exception cref="OperationCanceledException">The token fired. The envelope may have arrived.</exception>
    Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation);
}
