using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab.Authentication;

/// <summary>What became of a request's proof of identity. Closed.</summary>
internal abstract record Logon
{
    private Logon()
    {
    }

    /// <summary>The request is to be served.</summary>
    /// <param name="Account">Whose it is.</param>
    /// <param name="FinalToken">Value of WWW-Authenticate that ends a mutual handshake; null when there is none.</param>
    internal sealed record Admitted(LabAccount Account, string? FinalToken = null) : Logon;

    /// <summary>The request is over: a challenge or a refusal.</summary>
    internal sealed record Refused(LabReply Reply) : Logon;
}
