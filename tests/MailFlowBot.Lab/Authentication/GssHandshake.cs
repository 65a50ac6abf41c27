using System.Net.Security;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Lab.Authentication;

/// <summary>The acceptor's side of Kerberos, bare or inside SPNEGO, with the keys of the process' keytab.</summary>
internal sealed class GssHandshake : IDisposable
{
    private readonly NegotiateAuthentication _context;

    /// <param name="mustEncrypt">Over HTTP, where bodies are encrypted with the context.</param>
    public GssHandshake(bool mustEncrypt) => _context = new NegotiateAuthentication(new NegotiateAuthenticationServerOptions
    {
        // Takes a bare Kerberos token as well.
        Package = "Negotiate",
        RequiredProtectionLevel = mustEncrypt ? ProtectionLevel.EncryptAndSign : ProtectionLevel.None,
    });

    /// <summary>One token of the client; what to answer, and whose it is once it is proven.</summary>
    public HandshakeStep Take(ReadOnlySpan<byte> token)
    {
        var answer = _context.GetOutgoingBlob(token, out var status);
        return status switch
        {
            NegotiateAuthenticationStatusCode.ContinueNeeded => new HandshakeStep(answer, IsOver: false, null),
            NegotiateAuthenticationStatusCode.Completed => new HandshakeStep(answer, IsOver: true, LabAccount.Named(_context.RemoteIdentity.Name)),
            _ => new HandshakeStep(null, IsOver: true, null),
        };
    }

    /// <summary>The seal of the finished handshake, which owns the context from now on.</summary>
    public ConnectionSeal ToSeal(EncryptionProtocol protocol) => new ConnectionSeal.Gss(_context, protocol);

    public void Dispose() => _context.Dispose();
}
