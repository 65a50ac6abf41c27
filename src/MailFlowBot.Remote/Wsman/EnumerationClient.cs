namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// The client's machine for what is asked of an endpoint and not of one's own shell: lists of shells and of their commands
/// (WS-Enumeration), deletion of a shell found there, and Identify. No I/O.
/// </summary>
/// <remarks><para><c>newId</c>: source of message ids, and of the session's id.</para></remarks>
internal sealed class EnumerationClient(ShellOptions options, Func<Guid> newId)
{
    /// <summary>Most items asked for at a time. Other clients ask for 32,000; no server has that many shells.</summary>
    public const int MaxElements = 1000;

    private readonly Guid _session = newId();

    /// <summary>Asks who answers at the endpoint.</summary>
    public static PendingRequest Identify() => PendingRequest.For(new WsmanRequest.Identify());

    /// <summary>The shells of this account, or of all accounts where it has the right to see them.</summary>
    public PendingRequest Shells() =>
        PendingRequest.For(new WsmanRequest.Enumerate(Header(WsmanNames.ShellResource), null, MaxElements));

    /// <summary>The commands of a shell that were not terminated.</summary>
    public PendingRequest Commands(ShellId shell) =>
        PendingRequest.For(new WsmanRequest.Enumerate(Header(WsmanNames.CommandResource), shell, MaxElements));

    /// <summary>The rest of a list whose first part carried a context.</summary>
    public PendingRequest Pull(PendingRequest list, string context) =>
        PendingRequest.For(new WsmanRequest.Pull(Header(list.Request.Header.ResourceUri), context, MaxElements));

    /// <summary>How a shell is that was found in a list.</summary>
    public PendingRequest Get(ShellId shell) =>
        PendingRequest.For(new WsmanRequest.Get(Header(WsmanNames.ShellResource) with { Shell = shell }));

    /// <summary>Ends a shell that was found in a list, whoever of this account opened it.</summary>
    public PendingRequest Delete(ShellDescription shell) =>
        PendingRequest.For(new WsmanRequest.Delete(Header(shell.ResourceUri ?? WsmanNames.ShellResource) with { Shell = shell.Id }));

    public static AnswerScan Scan(PendingRequest pending) => new(pending.Request);

    /// <summary>As <see cref="ShellClient.Accept"/>.</summary>
    /// <exception cref="WsmanException">No envelope, not related to the request, or of another kind.</exception>
    public static WsmanResponse Accept(PendingRequest pending, ReadOnlyMemory<byte> answer)
    {
        using var scan = Scan(pending);
        scan.Feed(answer.Span);
        return scan.Finish();
    }

    private RequestHeader Header(string resource) => new(
        MessageId.From(newId()), options.To, resource, options.MaxEnvelopeSize, options.OperationTimeout, _session, null, []);
}
