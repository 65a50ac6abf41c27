namespace MailFlowBot.Remote.Smtp;

/// <summary>How much of a foreign server's talk is taken in. Beyond these it is not SMTP to us, whatever it is.</summary>
internal static class SmtpLimits
{
    /// <summary>RFC 5321 4.5.3.1.5 allows 512 octets a reply line; servers with long capabilities exceed that. Arbitrary.</summary>
    public const int LineOctets = 2048;

    /// <summary>Exchange answers EHLO with some 20 lines. Arbitrary.</summary>
    public const int ReplyLines = 100;

    /// <summary>All that is taken from one connection. Arbitrary.</summary>
    public const int ConversationOctets = 64 * 1024;

    /// <summary>Characters of a text that are kept for people to read. Arbitrary.</summary>
    public const int KeptText = 200;

    /// <summary>Longest domain name (RFC 5321 4.5.3.1.2).</summary>
    public const int DomainOctets = 255;
}
