namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Reads the answer to one request while its bytes come in: any number of <see cref="Feed"/>, then one <see cref="Finish"/>. A fault is
/// a value; anything that is no answer to this request is an exception.
/// </summary>
/// <remarks><para><c>accepted</c>: told of the answer once it was found to be one.</para></remarks>
internal sealed class AnswerScan(WsmanRequest request, Action<WsmanResponse>? accepted = null) : IDisposable
{
    private readonly EnvelopeScanner _scanner = new();

    /// <param name="bytes">The next bytes, split anywhere; not kept.</param>
    /// <exception cref="WsmanException">What came so far is the beginning of no envelope, or too much.</exception>
    public void Feed(ReadOnlySpan<byte> bytes) => _scanner.Feed(bytes);

    /// <exception cref="WsmanException">The envelope is not whole, not related to the request, or of another kind.</exception>
    public WsmanResponse Finish()
    {
        var response = ResponseReader.Read(_scanner.Finish());
        AnswerCheck.Demand(request, response);
        accepted?.Invoke(response);
        return response;
    }

    public void Dispose() => _scanner.Dispose();
}
