using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Authentication;
using MailFlowBot.Remote.Catalogue;
using Microsoft.AspNetCore.Connections;

namespace MailFlowBot.Lab.Http;

/// <summary>
/// One socket: who has authenticated on it and what encrypts it, for both belong to the connection, and which server it is used for.
/// </summary>
internal sealed class LabConnection(ConnectionContext socket) : IDisposable
{
    /// <summary>A Kerberos or SPNEGO handshake that is under way.</summary>
    public GssHandshake? Gss { get; set; }

    /// <summary>An NTLM handshake that is under way.</summary>
    public NtlmHandshake? Ntlm { get; set; }

    /// <summary>Who proved themselves by a handshake on this connection; null before.</summary>
    public LabAccount? Account { get; private set; }

    /// <summary>What encrypts bodies after a handshake; null without one.</summary>
    public ConnectionSeal? Seal { get; private set; }

    /// <summary>The server that the last request went to.</summary>
    public ServerName? Server { get; set; }

    /// <summary>The handshake has proven an account; the seal owns its context.</summary>
    public void Finish(LabAccount account, ConnectionSeal seal)
    {
        Seal?.Dispose();
        (Account, Seal, Gss, Ntlm) = (account, seal, null, null);
    }

    /// <summary>The handshake failed: the connection is nobody's.</summary>
    public void Reset()
    {
        Dispose();
        (Account, Seal, Gss, Ntlm) = (null, null, null, null);
    }

    /// <summary>Cuts it without another word.</summary>
    public void Abort() => socket.Abort();

    public void Dispose()
    {
        Gss?.Dispose();
        Seal?.Dispose();
    }
}
