using System.Globalization;
using System.Security.Authentication;
using System.Text;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Testing.Kerberos;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>Handshake and encryption against a real KDC.</summary>
[Collection(InRealm.Name)]
public sealed class KerberosTransportTests(KerberosRealm realm) : IDisposable
{
    private const string Echoed = "<echo><envelope>a change</envelope></echo>";
    private readonly LoopbackAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos, true)]
    [InlineData(AuthenticationKind.Kerberos, false)]
    [InlineData(AuthenticationKind.Negotiate, true)]
    [InlineData(AuthenticationKind.Negotiate, false)]
    internal async Task Carries_encrypted_envelopes_after_one_handshake(AuthenticationKind kind, bool withPassword)
    {
        realm.Require();
        var server = new NegotiatingPeer(Echo);
        await using var peer = await WsmanPeer.StartAsync(server.AnswerAsync);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(kind, withPassword)));

        for (var i = 0; i < 3; i++)
            Assert.Equal(Echoed, await transport.TextAsync());

        Assert.Equal(1, server.Agreed);
        Assert.Single(peer.Seen.Select(seen => seen.Connection).Distinct());
        Assert.All(peer.Seen.Where(seen => seen.Length > 0), seen => Assert.StartsWith("multipart/encrypted;", seen.Headers["Content-Type"], StringComparison.Ordinal));
        Assert.Equal(0, peer.Seen.First().Length);
    }

    [SkippableFact]
    public async Task Kerberos_goes_by_the_name_of_negotiate_where_only_that_is_offered()
    {
        realm.Require();
        var server = new NegotiatingPeer(Echo) { Offers = ["Negotiate", "NTLM"] };
        await using var peer = await WsmanPeer.StartAsync(context =>
        {
            if (!context.Request.Headers.Authorization.ToString().StartsWith("Kerberos", StringComparison.Ordinal))
                return server.AnswerAsync(context);
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = server.Offers;
            return Task.CompletedTask;
        });
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)));

        Assert.Equal(Echoed, await transport.TextAsync());
        Assert.Contains("SPNEGO", peer.Seen.Last().Headers["Content-Type"], StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(1, 500)]
    [InlineData(3, 200)]
    [InlineData(40, 200)]
    public async Task Reads_encrypted_answers_of_many_parts_and_encrypted_faults(int parts, int status)
    {
        realm.Require();
        var text = Encoding.UTF8.GetBytes(new string('y', 300_000));
        var server = new NegotiatingPeer(_ => (status, text)) { Parts = parts };
        await using var peer = await WsmanPeer.StartAsync(server.AnswerAsync);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)));
        var reply = await transport.PostAsync(Posting.Envelope, CancellationToken.None);

        Assert.Equal(status, reply.Status);
        Assert.Equal(text, await reply.ReadAllAsync(CancellationToken.None));
    }

    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos, SslProtocols.Tls12)]
    [InlineData(AuthenticationKind.Kerberos, SslProtocols.Tls13)]
    [InlineData(AuthenticationKind.Negotiate, SslProtocols.Tls13)]
    internal async Task Over_tls_bodies_are_plain_after_the_handshake(AuthenticationKind kind, SslProtocols version)
    {
        realm.Require();
        var server = new NegotiatingPeer(Echo);
        await using var peer = await WsmanPeer.StartAsync(server.AnswerAsync, _authority.Issue("localhost"), version);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(kind)) { TrustedRoots = _authority.Roots });

        Assert.Equal(Echoed, await transport.TextAsync());
        Assert.Equal(1, server.Agreed);
        Assert.StartsWith("application/soap+xml", peer.Seen.Last().Headers["Content-Type"], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Several_lanes_each_have_their_own_handshake_and_use_it_again()
    {
        realm.Require();
        var server = new NegotiatingPeer(Echo);
        await using var peer = await WsmanPeer.StartAsync(server.AnswerAsync);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)) { MaxLanes = 3 });
        for (var i = 0; i < 4; i++)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => transport.TextAsync())), text => Assert.Equal(Echoed, text));

        Assert.InRange(server.Agreed, 1, 3);
        Assert.Equal(server.Agreed, peer.Seen.Select(seen => seen.Connection).Distinct().Count());
    }

    [SkippableFact]
    public async Task A_connection_that_closed_while_idle_gets_a_new_handshake_and_the_envelope_is_encrypted_anew()
    {
        realm.Require();
        var closes = true;
        var server = new NegotiatingPeer(Echo);
        await using var peer = await WsmanPeer.StartAsync(async context =>
        {
            if (closes && context.Request.ContentLength > 0)
                context.Response.Headers.Connection = "close";
            await server.AnswerAsync(context);
        });
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)));
        Assert.Equal(Echoed, await transport.TextAsync());
        Assert.Equal(Echoed, await transport.TextAsync());
        closes = false;
        Assert.Equal(Echoed, await transport.TextAsync());

        Assert.Equal(3, server.Agreed);
        Assert.Equal(3, peer.Seen.Count(seen => seen.Length > 0));
    }

    [SkippableFact]
    public async Task A_connection_that_closes_between_handshake_and_envelope_never_sees_the_envelope_twice()
    {
        realm.Require();
        var drops = 1;
        var server = new NegotiatingPeer(Echo);
        await using var peer = await WsmanPeer.StartAsync(async context =>
        {
            if (context.Request.Headers.Authorization.Count > 0 && drops-- > 0)
                context.Response.Headers.Connection = "close";
            await server.AnswerAsync(context);
        });
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)));

        Assert.Equal(Echoed, await transport.TextAsync());
        Assert.Single(peer.Seen, seen => seen.Length > 0);
        Assert.Equal(2, server.Agreed);
    }

    [SkippableFact]
    public async Task A_server_that_closes_after_every_handshake_is_given_up()
    {
        realm.Require();
        var server = new NegotiatingPeer(Echo);
        await using var peer = await WsmanPeer.StartAsync(context =>
        {
            context.Response.Headers.Connection = "close";
            return server.AnswerAsync(context);
        });

        var failure = await new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)).FailAsync();

        Assert.Equal((TransportFault.Unreachable, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.DoesNotContain(peer.Seen, seen => seen.Length > 0);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task A_server_that_lost_the_context_gets_one_more_handshake_and_no_third(int forgets)
    {
        realm.Require();
        var server = new NegotiatingPeer(Echo) { Forgets = forgets };
        await using var peer = await WsmanPeer.StartAsync(server.AnswerAsync);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)));

        var failure = await Record.ExceptionAsync(() => transport.TextAsync());

        Assert.Equal(forgets == 1 ? null : TransportFault.Unauthorized, (failure as TransportException)?.Fault);
        Assert.Equal(2, server.Agreed);
        Assert.Equal(2, peer.Seen.Count(seen => seen.Length > 0));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_connection_dropped_in_the_handshake_means_not_sent(int request)
    {
        realm.Require();
        await using var peer = new RawPeer(async connection =>
        {
            for (var i = 1; i < request; i++)
            {
                await connection.RequestAsync();
                await connection.WriteAsync("HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n");
            }

            await connection.RequestAsync();
        });

        var failure = await new HttpEndpoint(peer.Address, Who(AuthenticationKind.Negotiate)).FailAsync();

        Assert.Equal(Delivery.NotSent, failure.Delivery);
        Assert.Contains(failure.Fault, (TransportFault[])[TransportFault.BrokenOff, TransportFault.Unauthorized]);
    }

    [SkippableFact]
    public async Task A_connection_dropped_on_the_envelope_means_unknown()
    {
        realm.Require();
        var server = new NegotiatingPeer(Echo)
        {
            Before = (context, _) =>
            {
                context.Abort();
                return Task.FromResult(true);
            },
        };
        await using var peer = await WsmanPeer.StartAsync(server.AnswerAsync);

        var failure = await new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)).FailAsync();

        Assert.Equal((TransportFault.BrokenOff, Delivery.Unknown), (failure.Fault, failure.Delivery));
        Assert.Single(peer.Seen, seen => seen.Length > 0);
    }

    [SkippableFact]
    public async Task A_loop_of_401_ends()
    {
        realm.Require();
        await using var peer = await WsmanPeer.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Kerberos";
            return Task.CompletedTask;
        });

        var failure = await new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)).FailAsync();

        Assert.Equal((TransportFault.Unauthorized, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.InRange(peer.Seen.Count, 1, TransportLimits.MaxHandshakeRounds);
    }

    [SkippableFact]
    public async Task A_clock_far_apart_is_told_from_a_wrong_account()
    {
        realm.Require();
        await using var peer = await WsmanPeer.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.Date = DateTimeOffset.UtcNow.AddMinutes(-47).ToString("R", CultureInfo.InvariantCulture);
            context.Response.Headers.WWWAuthenticate = "Kerberos";
            return Task.CompletedTask;
        });

        Assert.Contains("47 minutes apart", (await new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)).FailAsync()).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("", "proving")]
    [InlineData("Kerberos AAAA", "")]
    [InlineData("Kerberos !!!", "base64")]
    public async Task A_server_that_does_not_prove_itself_gets_no_envelope(string challenge, string says)
    {
        realm.Require();
        await using var peer = await WsmanPeer.StartAsync(context =>
        {
            context.Response.Headers.WWWAuthenticate = challenge;
            return Task.CompletedTask;
        });

        var failure = await new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)).FailAsync();

        Assert.Equal(Delivery.NotSent, failure.Delivery);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(peer.Seen, seen => seen.Length > 0);
    }

    [SkippableTheory]
    [InlineData("plain", "in the clear")]
    [InlineData("changed", "decrypted")]
    [InlineData("cut", "too early")]
    [InlineData("announced", "1073741824")]
    public async Task Damage_of_an_encrypted_answer_is_named_and_the_lane_starts_anew(string damage, string says)
    {
        realm.Require();
        var isBad = true;
        var server = new NegotiatingPeer(Echo) { Before = (context, encryption) => isBad ? DamageAsync(context, encryption!, damage) : Task.FromResult(false) };
        await using var peer = await WsmanPeer.StartAsync(server.AnswerAsync);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos)));

        var failure = await transport.FailAsync();
        isBad = false;

        Assert.Equal((TransportFault.BadAnswer, Delivery.Unknown), (failure.Fault, failure.Delivery));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(Echoed, await transport.TextAsync());
        Assert.Equal(2, server.Agreed);
    }

    private static async Task<bool> DamageAsync(HttpContext context, MessageEncryption encryption, string damage)
    {
        var body = encryption.Seal("<answer/>"u8).ToArray();
        context.Response.ContentType = damage == "plain" ? "application/soap+xml" : encryption.ContentType;
        var text = Encoding.Latin1.GetString(body);
        var bad = damage switch
        {
            "plain" => "<answer/>",
            "changed" => text[..^30] + (char)(text[^30] ^ 1) + text[^29..],
            "cut" => text[..^40],
            _ => text.Replace("Length=9", "Length=1073741824", StringComparison.Ordinal),
        };
        await context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(bad));
        return true;
    }

    private static (int Status, byte[] Answer) Echo(byte[] plain) => (200, [.. "<echo>"u8, .. plain, .. "</echo>"u8]);

    private static Credentials Who(AuthenticationKind kind, bool withPassword = true) => withPassword
        ? new Credentials(kind) { UserName = LabKdc.User, Password = new Secret(LabKdc.Password) }
        : new Credentials(kind);
}
