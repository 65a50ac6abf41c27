using System.Net;
using System.Net.Security;
using System.Security.Authentication.ExtendedProtection;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// One side's half of a Kerberos, Negotiate or NTLM handshake. Its steps may ask a KDC and take long, so they run beside the caller,
/// who may walk away.
/// </summary>
internal sealed class SecurityContext
{
    private readonly NegotiateAuthentication _context;
    private readonly bool _hasPassword;
    private readonly TicketFaults _faults;

    private SecurityContext(NegotiateAuthentication context, bool hasPassword, TicketFaults faults)
    {
        _context = context;
        _hasPassword = hasPassword;
        _faults = faults;
    }

    /// <summary>True when nothing more is to be said, and the server has proven itself where that was asked.</summary>
    public bool IsComplete => _context.IsAuthenticated;

    /// <summary>Makes a context and its first token.</summary>
    /// <exception cref="TransportException">There is no ticket, or the password is wrong.</exception>
    public static async Task<(SecurityContext Context, byte[] Token)> BeginAsync(
        Credentials who, string target, ChannelBinding? binding, bool diagnoses, TicketFaults faults, CancellationToken cancellation)
    {
        if (diagnoses && who.Kind == AuthenticationKind.Negotiate && !EndpointAddress.HasNtlm)
        {
            // SPNEGO hides the codes of Kerberos. Asking by name first, for once, tells what is wrong; and a wrong password stays one attempt.
            var (first, _) = await RunAsync(() => Begin(who, "Kerberos", target, binding, faults), cancellation).ConfigureAwait(false);
            first.Close();
        }

        var package = who.Kind switch { AuthenticationKind.Kerberos => "Kerberos", AuthenticationKind.Ntlm => "NTLM", _ => "Negotiate" };
        return await RunAsync(() => Begin(who, package, target, binding, faults), cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes the server's token.</summary>
    /// <returns>The next of this side; null when there is none.</returns>
    /// <exception cref="TransportException">The server's token is not accepted, or it carries a refusal.</exception>
    public Task<byte[]?> ContinueAsync(byte[] token, CancellationToken cancellation) => RunAsync(() => Step(token), cancellation);

    /// <summary>Encrypts with what was agreed; takes over this context.</summary>
    public MessageEncryption Encryption(EncryptionProtocol protocol) => new(_context, protocol);

    public void Close() => _context.Dispose();

    private static (SecurityContext Context, byte[] Token) Begin(
        Credentials who, string package, string target, ChannelBinding? binding, TicketFaults faults)
    {
        var hasPassword = who.Password is not null;
        var (context, token, status) = KerberosError.Watch(
            () =>
            {
                var made = new NegotiateAuthentication(new NegotiateAuthenticationClientOptions
                {
                    Package = package,
                    TargetName = target,
                    Binding = binding,
                    Credential = who.Password is { } password ? Login(who.UserName ?? "", password, package) : CredentialCache.DefaultNetworkCredentials,
                    RequiredProtectionLevel = ProtectionLevel.EncryptAndSign,

                    // NTLM cannot, and Negotiate may come to NTLM where there is one.
                    RequireMutualAuthentication = package == "Kerberos" || (package == "Negotiate" && !EndpointAddress.HasNtlm),
                });
                var blob = made.GetOutgoingBlob(ReadOnlySpan<byte>.Empty, out var came);
                return (made, blob, came);
            },
            out var error);
        if (token is { Length: > 0 } && status is NegotiateAuthenticationStatusCode.ContinueNeeded or NegotiateAuthenticationStatusCode.Completed)
            return (new SecurityContext(context, hasPassword, faults), token!);
        context.Dispose();
        throw faults.Of(status, error, hasPassword);
    }

    private byte[]? Step(byte[] incoming)
    {
        var (token, status) = KerberosError.Watch(() => (_context.GetOutgoingBlob(incoming, out var came), came), out var error);
        return status is NegotiateAuthenticationStatusCode.ContinueNeeded or NegotiateAuthenticationStatusCode.Completed
            ? token is { Length: > 0 } ? token : null
            : throw _faults.Of(status, error, _hasPassword);
    }

    // Realms of Active Directory are spelled in capitals (MS-KILE 3.1.5.11) and MIT's library compares exactly, but people write
    // a UPN as they write an address.
    private static NetworkCredential Login(string user, Secret password, string package)
    {
        var at = user.LastIndexOf('@');
        var name = at < 0 || package == "NTLM" || OperatingSystem.IsWindows() ? user : user[..at] + user[at..].ToUpperInvariant();
        return new NetworkCredential(name, password.Reveal());
    }

    private static Task<T> RunAsync<T>(Func<T> step, CancellationToken cancellation) =>
        Task.Run(step, CancellationToken.None).WaitAsync(cancellation);
}
