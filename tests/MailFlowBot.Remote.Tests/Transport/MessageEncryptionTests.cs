using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Text;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Testing.Kerberos;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>Both roles of a real Kerberos context over the codec.</summary>
[Collection(InRealm.Name)]
public sealed class MessageEncryptionTests(KerberosRealm realm)
{
    [SkippableTheory]
    [InlineData("Kerberos", 0)]
    [InlineData("Kerberos", 1)]
    [InlineData("Negotiate", 100)]
    [InlineData("Kerberos", 200_000)]
    public void Both_sides_read_what_the_other_sealed(string package, int length)
    {
        realm.Require();
        using var client = Client(package);
        using var server = Server();
        Shake(client, server);
        var there = new MessageEncryption(client, EncryptionProtocol.Kerberos);
        var here = new MessageEncryption(server, EncryptionProtocol.Kerberos);
        var text = Encoding.UTF8.GetBytes(new string('x', length));

        Assert.Equal(text, here.Open(there.Seal(text).Span).ToArray());
        Assert.Equal(text, there.Open(here.Seal(text).Span).ToArray());
    }

    [SkippableFact]
    public void A_body_of_several_parts_is_one_text()
    {
        realm.Require();
        using var client = Client("Kerberos");
        using var server = Server();
        Shake(client, server);
        var body = new ArrayBufferWriter<byte>();
        var sender = new MessageEncryption(server, EncryptionProtocol.Kerberos);
        sender.Seal("<a>"u8, body, isLast: false);
        sender.Seal("</a>"u8, body);

        Assert.Equal("<a></a>", Encoding.UTF8.GetString(new MessageEncryption(client, EncryptionProtocol.Kerberos).Open(body.WrittenSpan).Span));
    }

    [SkippableFact]
    public void A_changed_byte_is_noticed()
    {
        realm.Require();
        using var client = Client("Kerberos");
        using var server = Server();
        Shake(client, server);
        var body = new MessageEncryption(client, EncryptionProtocol.Kerberos).Seal("<envelope/>"u8).ToArray();
        body[^30] ^= 1;

        Assert.Throws<EncryptedMessageException>(() => new MessageEncryption(server, EncryptionProtocol.Kerberos).Open(body));
    }

    private static NegotiateAuthentication Client(string package) => new(new NegotiateAuthenticationClientOptions
    {
        Package = package,
        TargetName = "HTTP/localhost",
        RequiredProtectionLevel = ProtectionLevel.EncryptAndSign,
        RequireMutualAuthentication = true,
        Credential = new NetworkCredential(LabKdc.User, LabKdc.Password),
    });

    private static NegotiateAuthentication Server() => new(new NegotiateAuthenticationServerOptions
    {
        Package = "Negotiate",
        RequiredProtectionLevel = ProtectionLevel.EncryptAndSign,
    });

    private static void Shake(NegotiateAuthentication client, NegotiateAuthentication server)
    {
        byte[]? token = null;
        do
        {
            token = client.GetOutgoingBlob(token, out var asked);
            Assert.True(asked is NegotiateAuthenticationStatusCode.Completed or NegotiateAuthenticationStatusCode.ContinueNeeded, asked.ToString());
            if (token is null)
                break;
            token = server.GetOutgoingBlob(token, out var answered);
            Assert.True(answered is NegotiateAuthenticationStatusCode.Completed or NegotiateAuthenticationStatusCode.ContinueNeeded, answered.ToString());
        }
        while (!client.IsAuthenticated);
    }
}
