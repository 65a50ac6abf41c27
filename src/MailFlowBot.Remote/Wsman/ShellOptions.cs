namespace MailFlowBot.Remote.Wsman;

/// <summary>How a client opens and uses a shell.</summary>
/// <param name="To">The endpoint's address, e.g. <c>http://ex01.contoso.example/PowerShell/</c>.</param>
/// <param name="ConfigurationName">e.g. <c>Microsoft.Exchange</c>.</param>
/// <param name="MaxEnvelopeSize">Bytes; 153600 until the server says protocolversion 2.2 or later.</param>
internal sealed record ShellOptions(
    string To, string ConfigurationName = "Microsoft.Exchange", int MaxEnvelopeSize = ShellOptions.DefaultMaxEnvelopeSize)
{
    /// <summary>What every server accepts (MS-WSMV 3.1.4.1.6, default of WinRM 2.0).</summary>
    public const int DefaultMaxEnvelopeSize = 153600;

    /// <summary>What servers of protocol 2.2 and later accept.</summary>
    public const int LargeMaxEnvelopeSize = 512000;

    /// <summary>Value of the option of the same name; the highest protocol version that this side speaks.</summary>
    public string ProtocolVersion { get; init; } = "2.3";

    /// <summary>Shown in the server's list of shells, so that our own stale ones can be found again.</summary>
    public string? Name { get; init; }

    public TimeSpan? IdleTimeOut { get; init; }

    /// <summary>How long the server holds a Receive: short enough that proxies do not cut it.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public string ResourceUri => WsmanNames.PowerShellResource + ConfigurationName;
}
