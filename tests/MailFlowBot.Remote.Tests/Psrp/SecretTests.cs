using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>Secure strings and the exchange of the key that encrypts them.</summary>
public sealed class SecretTests
{
    private const string Password = "p@ss wörd 😀";

    private static readonly CreatePipeline NewMailbox = new(
        [new PsCommand("New-Mailbox", new PsParameter("Name", "m"), new PsParameter("Password", new SecretText(Password)))]);

    private static readonly Lazy<KeyPair> Pair = new(PoolKeys.NewPair);

    private readonly JoinedRoles _joined = JoinedRoles.Opened();

    /// <summary>The cipher text was made by the command line of OpenSSL from the key 00 01 02 ... 1F.</summary>
    [Fact]
    public void A_secret_is_AES_256_CBC_with_a_zero_IV_over_UTF_16()
    {
        var key = new SessionKey([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);
        var cipher = new PsSecureString("1HyJFjx3SjeqNgvrGbEEGlD9CKkmtpp8Wv4eQaOD9p0=");

        Assert.Equal(cipher, key.Encrypt(new SecretText(Password)));
        Assert.Equal(Password, key.Decrypt(cipher).Reveal());
        Assert.Equal(string.Empty, key.Decrypt(key.Encrypt(new SecretText(string.Empty))).Reveal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    public void What_is_not_encrypted_with_the_key_is_refused_and_not_repeated(string cipher)
    {
        var refused = Assert.Throws<PsrpException>(() => new SessionKey(new byte[32]).Decrypt(new PsSecureString(cipher)));

        Assert.Equal(PsrpFault.BadSecret, refused.Fault);
        Assert.True(cipher.Length == 0 || !refused.ToString().Contains(cipher, StringComparison.Ordinal));
    }

    [Fact]
    public void The_client_starts_the_exchange_and_its_secrets_arrive()
    {
        Assert.Equal(KeyNeed.Exchange, _joined.Client.KeyNeeded(NewMailbox));
        Assert.Throws<InvalidOperationException>(() => _joined.Client.CreatePipeline(new PipelineId(Guid.NewGuid()), NewMailbox));

        Exchange();

        Assert.Equal(KeyNeed.None, _joined.Client.KeyNeeded(NewMailbox));
        Assert.Equal(Password, _joined.Server.Reveal(Sent(NewMailbox)).Reveal());
    }

    [Fact]
    public void The_server_starts_the_exchange_and_its_secrets_are_read()
    {
        var (client, server) = _joined.Start();
        Assert.IsType<PoolEvent.KeyRequested>(Assert.Single(_joined.Client.Receive(_joined.Server.RequestKey())));
        Exchange();

        var output = Assert.IsType<PipelineEvent.OutputReceived>(Assert.Single(client.Receive(server.Output(_joined.Server.Seal(new SecretText(Password))))));

        Assert.Equal(Password, _joined.Client.Reveal(Assert.IsType<PsSecureString>(output.Value)).Reveal());
    }

    [Fact]
    public void A_credential_arrives_as_PowerShell_writes_one()
    {
        Exchange();

        var credential = Assert.IsType<PsObject>(SentValue(Command(new CredentialValue("CONTOSO\\svc", new SecretText(Password)))));

        Assert.True(credential.Is("System.Management.Automation.PSCredential"));
        Assert.Equal("CONTOSO\\svc", credential["UserName"]);
        Assert.Equal(Password, _joined.Server.Reveal(Assert.IsType<PsSecureString>(credential["Password"])).Reveal());
    }

    [Fact]
    public void Input_of_a_pipeline_may_be_a_secret()
    {
        Exchange();
        var (client, server) = _joined.Start();

        var input = Assert.IsType<PipelineRequest.InputReceived>(Assert.Single(client.Input(new SecretText(Password)).SelectMany(part => server.Receive(part))));

        Assert.Equal(Password, _joined.Server.Reveal(Assert.IsType<PsSecureString>(input.Value)).Reveal());
    }

    [Fact]
    public void The_exchange_happens_once()
    {
        Exchange();

        Assert.Throws<InvalidOperationException>(() => _joined.Client.OfferKey(Pair.Value));
        Assert.Throws<InvalidOperationException>(() => _joined.Server.GiveKey(PoolKeys.NewSessionKey()));
        Assert.Equal([new PoolEvent.Ignored(MessageType.PublicKeyRequest)], _joined.Client.Receive(_joined.Server.RequestKey()));
        Assert.Equal(PsrpFault.OutOfOrder, Assert.Throws<PsrpException>(() => _joined.Client.Receive(KeyMessage(KeyPair.Seal(PoolKeys.NewSessionKey(), Pair.Value.PublicKey)))).Fault);
    }

    [Fact]
    public void A_key_that_nobody_asked_for_breaks_the_pool() =>
        Assert.Equal(
            PsrpFault.OutOfOrder,
            Assert.Throws<PsrpException>(() => _joined.Client.Receive(KeyMessage(KeyPair.Seal(PoolKeys.NewSessionKey(), Pair.Value.PublicKey)))).Fault);

    [Fact]
    public void A_key_for_another_pair_or_of_a_wrong_shape_is_refused()
    {
        string[] keys =
        [
            KeyPair.Seal(PoolKeys.NewSessionKey(), PoolKeys.NewPair().PublicKey),
            "test",
            Convert.ToBase64String(new byte[268]),
            KeyBlobs.WriteSessionKey(new byte[256]),
            new string('A', 100_000),
        ];
        foreach (var key in keys)
        {
            var joined = JoinedRoles.Opened();
            joined.Client.OfferKey(Pair.Value);

            Assert.Equal(PsrpFault.BadSecret, Assert.Throws<PsrpException>(() => joined.Client.Receive(KeyMessage(key, joined.Client.Id))).Fault);
            Assert.Equal(RunspacePoolState.Broken, joined.Client.State);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("test")]
    [InlineData("BgIAAACkAABSU0ExAAgAAAEAAQBv")]
    public void A_public_key_that_is_none_is_refused(string publicKey) =>
        Assert.Equal(PsrpFault.BadSecret, Assert.Throws<PsrpException>(() => KeyPair.Seal(PoolKeys.NewSessionKey(), publicKey)).Fault);

    [Fact]
    public void A_public_key_of_any_numbers_is_refused_or_encrypts() =>
        Prop.ForAll<byte[]>(numbers =>
        {
            var blob = Convert.FromBase64String(Pair.Value.PublicKey);
            Array.Clear(blob, 16, blob.Length - 16);
            numbers.AsSpan(0, Math.Min(numbers.Length, blob.Length - 16)).CopyTo(blob.AsSpan(16));
            blob[^1] |= (byte)(numbers.Length % 2 == 0 ? 0x80 : 0);
            try
            {
                return KeyPair.Seal(PoolKeys.NewSessionKey(), Convert.ToBase64String(blob)).Length > 0;
            }
            catch (PsrpException e)
            {
                return e.Fault == PsrpFault.BadSecret;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_takes_a_pool_over_exchanges_a_key_of_his_own()
    {
        Exchange();
        var second = new RunspacePoolClient(_joined.Client.Id);
        second.ReceiveConnectResponse(_joined.Server.Connect(second.Connect()).Response);

        Assert.Equal(KeyNeed.Exchange, second.KeyNeeded(NewMailbox));
        Assert.IsType<PoolRequest.KeyOffered>(Assert.Single(second.OfferKey(PoolKeys.NewPair()).SelectMany(part => _joined.Server.Receive(part))));
        second.Receive(_joined.Server.GiveKey(PoolKeys.NewSessionKey()));

        Assert.Equal(KeyNeed.None, second.KeyNeeded(NewMailbox));
    }

    [Fact]
    public void A_server_of_2_4_gets_a_secret_over_an_encrypted_transport_only_and_without_an_exchange()
    {
        var client = new RunspacePoolClient(new PoolId(Guid.NewGuid()));
        client.Open();
        var outbox = new Outbox(new Fragmenter(), Destination.Client, client.Id, PipelineId.None);
        client.Receive(outbox.Write(MessageType.SessionCapability, (SessionCapability.Ours with { Protocol = new Version(2, 4) }).ToObject()));
        client.Receive(outbox.Write(MessageType.RunspacePoolState, new RunspacePoolStateChange(RunspacePoolState.Opened).ToObject()));

        Assert.Equal(KeyNeed.EncryptedTransport, client.KeyNeeded(NewMailbox));
        var refused = Assert.Throws<InvalidOperationException>(() => client.CreatePipeline(new PipelineId(Guid.NewGuid()), NewMailbox));
        Assert.DoesNotContain(Password, refused.ToString(), StringComparison.Ordinal);
        client.IsTransportEncrypted = true;
        var wire = Assert.Single(client.CreatePipeline(new PipelineId(Guid.NewGuid()), NewMailbox).Start());

        Assert.Equal(KeyNeed.None, client.KeyNeeded(NewMailbox));
        var encoded = Convert.ToBase64String(Encoding.Unicode.GetBytes(Password));
        Assert.Contains($"<SS N=\"V\">{encoded}</SS>", Encoding.UTF8.GetString(wire.Span), StringComparison.Ordinal);
        Assert.Equal(Password, client.Reveal(new PsSecureString(encoded)).Reveal());
        Assert.Equal(PsrpFault.BadSecret, Assert.Throws<PsrpException>(() => client.Reveal(new PsSecureString("?"))).Fault);
        Assert.Equal(PsrpFault.BadSecret, Assert.Throws<PsrpException>(() => client.Reveal(new PsSecureString("QUJD"))).Fault);
    }

    [Fact]
    public void Nothing_prints_a_secret()
    {
        var key = PoolKeys.NewSessionKey();
        object[] holders = [NewMailbox, NewMailbox.Commands[0].Parameters[1], new CredentialValue("u", new SecretText(Password)), new SecretText(Password), key, Pair.Value];

        Assert.All(holders, holder =>
        {
            Assert.DoesNotContain(Password, holder.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(key.Expose()), holder.ToString(), StringComparison.OrdinalIgnoreCase);
        });
        Assert.DoesNotContain(Password, Record.Exception(() => ClixmlWriter.Write(new PsList([new SecretText(Password)])))!.ToString(), StringComparison.Ordinal);
        Assert.Equal(PsrpFault.BadSecret, Assert.Throws<PsrpException>(() => _joined.Client.Reveal(new PsSecureString("QUJD"))).Fault);
    }

    [SkippableFact]
    public void Recorded_keys_have_the_layout_that_ours_have()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(References.Path("data/psrp/captures/wsman/test_psrp_multiple_commands.json")));
        var publicKey = Recorded(json, "PUBLIC_KEY", "PublicKey");
        var sessionKey = Recorded(json, "ENCRYPTED_SESSION_KEY", "EncryptedSessionKey");

        var read = KeyBlobs.ReadPublicKey(publicKey);

        Assert.Equal([1, 0, 1], read.Exponent);
        Assert.Equal(publicKey, KeyBlobs.WritePublicKey(read));
        Assert.Equal(sessionKey, KeyBlobs.WriteSessionKey(KeyBlobs.ReadSessionKey(sessionKey)));
        using var rsa = RSA.Create(read);
        Assert.Equal(2048, rsa.KeySize);
    }

    [SkippableFact]
    public void A_recorded_key_message_without_the_name_of_the_pool_is_taken()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(References.Path("data/psrp/captures/wsman/test_psrp_multiple_commands.json")));
        _joined.Client.OfferKey(Pair.Value);

        // It was encrypted for another pair; what counts is that the message gets as far as that.
        var refused = Assert.Throws<PsrpException>(
            () => _joined.Client.Receive(KeyMessage(Recorded(json, "ENCRYPTED_SESSION_KEY", "EncryptedSessionKey"), default(PoolId))));

        Assert.Equal(PsrpFault.BadSecret, refused.Fault);
    }

    private static string Recorded(JsonDocument json, string type, string property)
    {
        var message = json.RootElement.GetProperty("psrp_messages").EnumerateArray().First(message => message.GetProperty("type").GetString() == type);
        return (string)((PsObject)ClixmlReader.Read(Encoding.UTF8.GetBytes(message.GetProperty("clixml").GetString()!))!)[property]!;
    }

    private static CreatePipeline Command(object value) => new([new PsCommand("Test-Value", new PsParameter("Value", value))]);

    private void Exchange()
    {
        Assert.IsType<PoolRequest.KeyOffered>(Assert.Single(_joined.Client.OfferKey(Pair.Value).SelectMany(part => _joined.Server.Receive(part))));
        Assert.IsType<PoolEvent.KeyReceived>(Assert.Single(_joined.Client.Receive(_joined.Server.GiveKey(PoolKeys.NewSessionKey()))));
    }

    private PsSecureString Sent(CreatePipeline pipeline) => Assert.IsType<PsSecureString>(SentValue(pipeline));

    private object? SentValue(CreatePipeline pipeline)
    {
        var server = _joined.Server.Accept();
        var wire = _joined.Client.CreatePipeline(new PipelineId(Guid.NewGuid()), pipeline).Start();
        Assert.DoesNotContain(Password, Encoding.UTF8.GetString(wire[0].Span), StringComparison.Ordinal);
        return Assert.IsType<PipelineRequest.Run>(Assert.Single(wire.SelectMany(part => server.Receive(part)))).Pipeline.Commands[0].Parameters[^1].Value;
    }

    private byte[] KeyMessage(string key, PoolId? pool = null)
    {
        var body = ClixmlWriter.Write(new PsObject { Extended = { ["EncryptedSessionKey"] = key } });
        var bytes = new Fragmenter().Cut(new PsrpMessage(
            Destination.Client, MessageType.EncryptedSessionKey, pool ?? _joined.Client.Id, PipelineId.None, body).Write());
        var wire = Fragmenter.Join(bytes).ToArray();
        for (var at = 0; at < wire.Length; at += FragmentHeader.Size + (int)FragmentHeader.Read(wire.AsSpan(at)).Length)
            wire[at + 7] = 99;
        return wire;
    }
}
