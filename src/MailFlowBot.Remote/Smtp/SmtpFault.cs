namespace MailFlowBot.Remote.Smtp;

/// <summary>What makes a conversation not SMTP.</summary>
internal enum SmtpFault
{
    /// <summary>A line does not begin with a reply code (RFC 5321 4.2).</summary>
    NotAReply,

    /// <summary>A line is longer than <see cref="SmtpLimits.LineOctets"/>.</summary>
    LineTooLong,

    /// <summary>A reply has more lines than <see cref="SmtpLimits.ReplyLines"/>.</summary>
    TooManyLines,

    /// <summary>More came than <see cref="SmtpLimits.ConversationOctets"/>.</summary>
    TooMuch,

    /// <summary>The server answered before it was asked, so no later answer can be matched to its command.</summary>
    Unasked,
}
