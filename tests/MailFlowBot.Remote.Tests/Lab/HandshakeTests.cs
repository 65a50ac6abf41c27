using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Remote.Tests.Transport;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Testing.Kerberos;

namespace MailFlowBot.Remote.Tests.Lab;

/// <summary>The server's side of authentication, against clients of the platform.</summary>
[Collection(InRealm.Name)]
public sealed class HandshakeTests(KerberosRealm realm)
{
    [SkippableTheory]
    [InlineData("Kerberos", AuthenticationKind.Kerberos)]
    [InlineData("Negotiate", AuthenticationKind.Negotiate)]
    public async Task Answers_encrypted_after_a_handshake_and_only_on_that_connection(string scheme, AuthenticationKind kind)
    {
        realm.Require();
        await using var lab = await LabServer.StartAsync(new LabOptions { Authentication = [kind], HttpsPort = null });
        using var context = Context(scheme);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
        using var other = new HttpClient();
        await ShakeAsync(http, lab, scheme, context);
        var encryption = new MessageEncryption(
            context, kind == AuthenticationKind.Kerberos ? EncryptionProtocol.Kerberos : EncryptionProtocol.Spnego);

        using var plain = await PostAsync(http, lab, "<a/>"u8.ToArray(), "application/soap+xml");
        using var answer = await PostAsync(http, lab, encryption.Seal("<a/>"u8), encryption.ContentType);
        using var elsewhere = await PostAsync(other, lab, encryption.Seal("<a/>"u8), encryption.ContentType);

        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var text = Encoding.UTF8.GetString(encryption.Open(await answer.Content.ReadAsByteArrayAsync()).Span);
        Assert.Contains("WSManFault", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
    }

    [SkippableFact]
    public async Task A_token_that_is_none_is_a_401_and_the_next_handshake_works()
    {
        realm.Require();
        await using var lab = await LabServer.StartAsync(new LabOptions { Authentication = [AuthenticationKind.Kerberos], HttpsPort = null });
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
        using var context = Context("Kerberos");

        using var damaged = await PostAsync(http, lab, default, null, new AuthenticationHeaderValue("Kerberos", "AAAA"));
        await ShakeAsync(http, lab, "Kerberos", context);

        Assert.Equal(HttpStatusCode.Unauthorized, damaged.StatusCode);
        Assert.Equal(1, lab.AcceptedSocketCount);
    }

    [Fact]
    public async Task Maps_a_client_certificate_to_its_account_and_refuses_a_stranger()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Authentication = [AuthenticationKind.Certificate], HttpPort = null });
        using var other = new MailFlowBot.Lab.Certificates.LabAuthority(TimeProvider.System);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(lab, lab.Authority.Clients[LabAccount.OnCall]));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(lab, lab.Authority.Clients[LabAccount.Nobody]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(lab, other.Clients[LabAccount.OnCall]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(lab, null));
    }

    private static async Task<HttpStatusCode> StatusAsync(LabServer lab, X509Certificate2? certificate)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(lab.Authority.Root);
        if (certificate is not null)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual");
        using var answer = await PostAsync(http, lab, default, null);
        return answer.StatusCode;
    }

    private static NegotiateAuthentication Context(string package) => new(new NegotiateAuthenticationClientOptions
    {
        Package = package,
        TargetName = "HTTP/localhost",
        RequiredProtectionLevel = ProtectionLevel.EncryptAndSign,
        RequireMutualAuthentication = true,
        Credential = new NetworkCredential(LabKdc.User, LabKdc.Password),
    });

    private static async Task ShakeAsync(HttpClient http, LabServer lab, string scheme, NegotiateAuthentication context)
    {
        byte[]? token = null;
        for (var turn = 0; !context.IsAuthenticated; turn++)
        {
            Assert.InRange(turn, 0, 3);
            token = context.GetOutgoingBlob(token, out _);
            Assert.NotNull(token);
            using var answer = await PostAsync(http, lab, default, null, new AuthenticationHeaderValue(scheme, Convert.ToBase64String(token)));
            token = answer.Headers.WwwAuthenticate.FirstOrDefault(offer => offer.Scheme == scheme)?.Parameter is { } text
                ? Convert.FromBase64String(text)
                : null;
            if (answer.StatusCode == HttpStatusCode.OK && token is not null)
                context.GetOutgoingBlob(token, out _);
        }
    }

    private static Task<HttpResponseMessage> PostAsync(
        HttpClient http, LabServer lab, ReadOnlyMemory<byte> body, string? type, AuthenticationHeaderValue? proof = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, lab.Address("EX01/PowerShell/")) { Content = new ReadOnlyMemoryContent(body) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (proof is not null)
            request.Headers.Authorization = proof;
        return http.SendAsync(request);
    }
}
