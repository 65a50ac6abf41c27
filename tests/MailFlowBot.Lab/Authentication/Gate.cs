using System.Text;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Certificates;
using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Transport;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Lab.Authentication;

/// <summary>Asks every request who it is, by the mechanisms that are switched on.</summary>
internal sealed class Gate(LabOptions options, Logons logons, LabAuthority authority)
{
    private const string CertificateScheme = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";
    private const string NegotiateScheme = "Negotiate";
    private const string KerberosScheme = "Kerberos";
    private const string NtlmScheme = "NTLM";

    private readonly bool _open = options.Authentication.Contains(AuthenticationKind.None);

    public Logon Check(HttpContext context, LabConnection connection)
    {
        if (_open)
            return new Logon.Admitted(LabAccount.OnCall);
        var header = context.Request.Headers.Authorization.ToString();
        var (scheme, proof) = header.Split(' ', 2) is [var left, var right] ? (left, right.Trim()) : (header, "");
        if (header.Length == 0)
            return Admit(connection.Account);
        if (Takes(AuthenticationKind.Basic) && Is(scheme, "Basic"))
            return Admit(Basic(proof));
        if (Takes(AuthenticationKind.Certificate) && scheme == CertificateScheme)
            return Admit(authority.AccountOf(context.Connection.ClientCertificate));
        if (Is(scheme, KerberosScheme) || Is(scheme, NegotiateScheme) || Is(scheme, NtlmScheme))
            return Shake(context, connection, scheme, proof);
        return new Logon.Refused(Challenge());
    }

    private Logon Shake(HttpContext context, LabConnection connection, string scheme, string proof)
    {
        if (Bytes(proof) is not { } token || Step(context, connection, scheme, token) is not { } step)
            return new Logon.Refused(Challenge());
        var answer = step.Answer is { } blob ? $"{scheme} {Convert.ToBase64String(blob)}" : null;
        if (!step.IsOver)
            return new Logon.Refused(LabReply.Empty(StatusCodes.Status401Unauthorized, ("WWW-Authenticate", answer ?? scheme)));
        if (step.Account is not { } account)
        {
            connection.Reset();
            return new Logon.Refused(Challenge());
        }

        connection.Finish(account, connection.Ntlm?.SessionKey is { } key
            ? new ConnectionSeal.Ntlm(key)
            : connection.Gss!.ToSeal(Is(scheme, KerberosScheme) ? EncryptionProtocol.Kerberos : EncryptionProtocol.Spnego));
        return new Logon.Admitted(account, answer);
    }

    /// <summary>NTLM comes bare under its own name and under Negotiate; everything else is the platform's. Null when it is switched off.</summary>
    private HandshakeStep? Step(HttpContext context, LabConnection connection, string scheme, byte[] token)
    {
        if (NtlmHandshake.Is(token))
        {
            return Takes(AuthenticationKind.Ntlm) && !Is(scheme, KerberosScheme)
                ? (connection.Ntlm ??= new NtlmHandshake(logons, Binding(context))).Take(token)
                : null;
        }

        if (Is(scheme, NtlmScheme) || !Takes(Is(scheme, KerberosScheme) ? AuthenticationKind.Kerberos : AuthenticationKind.Negotiate))
            return null;
        if (Binding(context) is { } binding && !BoundContext.Is(token, binding))
            return new HandshakeStep(null, IsOver: true, null);
        return (connection.Gss ??= new GssHandshake(mustEncrypt: !context.Request.IsHttps)).Take(token);
    }

    private TlsBinding? Binding(HttpContext context) => options.RequireChannelBinding ? TlsBinding.Of(context) : null;

    private Logon Admit(LabAccount? account) => account is null ? new Logon.Refused(Challenge()) : new Logon.Admitted(account);

    private LabReply Challenge()
    {
        var offers = new List<(string, string)>();
        if (Takes(AuthenticationKind.Negotiate) || Takes(AuthenticationKind.Ntlm))
            offers.Add(("WWW-Authenticate", NegotiateScheme));
        if (Takes(AuthenticationKind.Kerberos))
            offers.Add(("WWW-Authenticate", KerberosScheme));
        if (Takes(AuthenticationKind.Basic))
            offers.Add(("WWW-Authenticate", "Basic realm=\"WSMAN\""));
        return LabReply.Empty(StatusCodes.Status401Unauthorized, [.. offers]);
    }

    private LabAccount? Basic(string proof)
    {
        if (Bytes(proof) is not { } bytes)
            return null;
        var text = Encoding.UTF8.GetString(bytes);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : logons.Check(text[..colon], text[(colon + 1)..]);
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private bool Takes(AuthenticationKind kind) => options.Authentication.Contains(kind);

    private static bool Is(string scheme, string known) => scheme.Equals(known, StringComparison.OrdinalIgnoreCase);
}
