namespace MailFlowBot.Remote.Transport;

/// <summary>How much a server may send, and how often it may ask for another round.</summary>
internal static class TransportLimits
{
    /// <summary>Bytes of one answer; arbitrary: 16 times the largest envelope that WinRM sends by default.</summary>
    public const int MaxAnswer = 8 * 1024 * 1024;

    /// <summary>KiB of the headers of an answer; Kerberos tokens with many groups need up to 48 (MaxTokenSize).</summary>
    public const int MaxHeaderKibibytes = 96;

    /// <summary>Requests of one handshake; NTLM needs three.</summary>
    public const int MaxHandshakeRounds = 6;

    /// <summary>Handshakes for one envelope, when the connection changes under it.</summary>
    public const int MaxHandshakes = 3;

    /// <summary>As PowerShell's own MaximumConnectionRedirectionCount.</summary>
    public const int MaxRedirects = 5;

    /// <summary>Bytes of a refusal's body that are read to keep its connection; arbitrary.</summary>
    public const int MaxDrained = 64 * 1024;

    /// <summary>Bytes of the pieces in which a body is given out.</summary>
    public const int PieceSize = 32 * 1024;

    /// <summary>Kerberos refuses when clocks differ by more (RFC 4120 recommends five minutes).</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);
}
