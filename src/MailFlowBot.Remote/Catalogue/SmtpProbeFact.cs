using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>Which of a server's two doors the probe knocked at. Only the second speaks about HubTransport.</summary>
public enum SmtpDoor
{
    /// <summary>Port 25: Front End Transport on 2013 and later; the whole server before.</summary>
    FrontDoor = 25,

    /// <summary>Port 2525: the Transport service itself.</summary>
    Transport = 2525,
}

/// <summary>How far an SMTP conversation got: banner, EHLO, MAIL FROM, then RSET and QUIT. Nothing is ever sent to be delivered.</summary>
public enum SmtpStage { NotConnected, Connected, Greeted, Mailed }

/// <summary>
/// One SMTP probe. Paths: <c>code</c> and <c>enhanced</c> of the last answer, <c>stage</c>, <c>alive</c> (not there when the connection
/// was taken and then nothing was said).
/// </summary>
/// <param name="Banner">Text behind 220, foreign and shortened; null when none came.</param>
/// <param name="Capabilities">The lines of the EHLO answer without the first, such as <c>X-EXPS GSSAPI NTLM LOGIN</c>, in their order.</param>
/// <param name="Code">Of the last answer; null when none came.</param>
/// <param name="Enhanced">Enhanced status code of the last answer (RFC 3463), such as 4.3.2.</param>
/// <param name="Said">Of the last answer, foreign and shortened.</param>
public sealed record SmtpProbeFact(
    ServerName Server, SmtpDoor Door, SmtpStage Stage, string? Banner, IReadOnlyList<string> Capabilities, int? Code, string? Enhanced, string? Said) : Fact
{
    /// <summary>True when the answer says that the component behind this door refuses work (421 4.3.2, and the seed's misprint 412).</summary>
    public bool RefusesWork => Code is 421 or 412 && Enhanced == "4.3.2";

    /// <summary>True when MAIL FROM was taken, or refused only because nobody logged on (530 5.7.x): the service is alive.</summary>
    public bool IsAlive => Stage == SmtpStage.Mailed && (Code is >= 200 and < 300 || (Code == 530 && Enhanced?.StartsWith("5.7.", StringComparison.Ordinal) == true));

    /// <summary>Whether a verb with these words is offered; the comparison is on whole words and ignores case.</summary>
    public bool Offers(string verb) => Capabilities.Any(line =>
        line.Equals(verb, StringComparison.OrdinalIgnoreCase) || line.StartsWith(verb + " ", StringComparison.OrdinalIgnoreCase));

    public override string? Value(string path) => path switch
    {
        "code" => Code?.ToString(CultureInfo.InvariantCulture),
        "enhanced" => Enhanced,
        "stage" => Stage.ToString(),
        "alive" when Code is not null || Stage == SmtpStage.NotConnected => Text(IsAlive),
        _ => null,
    };
}
