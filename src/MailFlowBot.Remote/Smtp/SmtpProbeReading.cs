namespace MailFlowBot.Remote.Smtp;

/// <summary>How far the conversation got: what was answered last.</summary>
internal enum SmtpProgress { Connected, Greeted, Mailed }

/// <summary>What a probe has seen so far.</summary>
/// <param name="Banner">Text behind 220, shortened.</param>
/// <param name="Host">The name by which the server answered EHLO, else the one in its banner; null where it told none.</param>
/// <param name="Capabilities">The EHLO answer without its first line.</param>
/// <param name="Code">Of the last answer that tells something; those to RSET and QUIT do not.</param>
/// <param name="Fault">Why this is no SMTP; what was seen before stays.</param>
internal sealed record SmtpProbeReading(
    SmtpProgress Progress,
    string? Banner,
    string? Host,
    IReadOnlyList<string> Capabilities,
    int? Code,
    string? Enhanced,
    string? Said,
    SmtpFault? Fault)
{
    public static SmtpProbeReading Nothing { get; } = new(SmtpProgress.Connected, null, null, [], null, null, null, null);
}
