namespace MailFlowBot.Remote.Wsman;

/// <summary>A w:Option. With <paramref name="MustComply"/> the server must understand it or refuse.</summary>
internal sealed record WsmanOption(string Name, string Value, bool MustComply = false);

/// <summary>The headers that each request carries (MS-WSMV 2.2.4, psrp brief "Headers, always").</summary>
/// <remarks>
/// <para><c>MaxEnvelopeSize</c>: Largest answer that the client takes, in bytes.</para>
/// <para><c>OperationTimeout</c>: How long the server may hold the request before it answers with a TimedOut fault.</para>
/// <para><c>SessionId</c>: One per client session, the same after a reconnect.</para>
/// <para><c>Shell</c>: The ShellId selector; null in Create.</para>
/// </remarks>
internal sealed record RequestHeader(
    MessageId MessageId,
    string To,
    string ResourceUri,
    int MaxEnvelopeSize,
    TimeSpan OperationTimeout,
    Guid? SessionId,
    ShellId? Shell,
    IReadOnlyList<WsmanOption> Options)
{
    /// <summary>Of a request without headers: Identify.</summary>
    public static RequestHeader None { get; } =
        new(new MessageId(string.Empty), string.Empty, string.Empty, ShellOptions.DefaultMaxEnvelopeSize, TimeSpan.Zero, null, null, []);

    public string? Option(string name) =>
        Options.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;
}
