using MailFlowBot.Remote.Transport;
using MailFlowBot.Testing.Kerberos;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>Why there is no ticket: what a real KDC and a real cache say, in words that name what to do.</summary>
[Collection(InRealm.Name)]
public sealed class TicketTests(KerberosRealm realm)
{
    private static readonly Uri Nobody = new("http://localhost:1/wsman");

    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos)]
    [InlineData(AuthenticationKind.Negotiate)]
    internal async Task A_wrong_password_is_tried_once(AuthenticationKind kind)
    {
        realm.Require();
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(Nobody, Who(kind, LabKdc.User, "Sesame-wrong")));

        var failures = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => transport.FailAsync()));

        Assert.All(failures, failure => Assert.Equal((TransportFault.Unauthorized, Delivery.NotSent), (failure.Fault, failure.Delivery)));
        Assert.All(failures, failure => Assert.Contains($"the password of {LabKdc.User} is wrong", failure.Message, StringComparison.Ordinal));
        Assert.All(failures, failure => Assert.DoesNotContain("Sesame", failure.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, failures.Count(failure => failure.Message.Contains("not tried again", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos)]
    [InlineData(AuthenticationKind.Negotiate)]
    internal async Task An_unknown_account_is_named(AuthenticationKind kind)
    {
        realm.Require();

        var failure = await new HttpEndpoint(Nobody, Who(kind, "nobody@" + LabKdc.Realm, "x")).FailAsync();

        Assert.Equal(TransportFault.Unauthorized, failure.Fault);
        Assert.Contains("does not know nobody@", failure.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos)]
    [InlineData(AuthenticationKind.Negotiate)]
    internal async Task An_unknown_service_is_named(AuthenticationKind kind)
    {
        realm.Require();
        var who = Who(kind, LabKdc.User, LabKdc.Password) with { ServicePrincipal = "HTTP/ex99.lab.mailflowbot.example" };

        var failure = await new HttpEndpoint(Nobody, who).FailAsync();

        Assert.Equal((TransportFault.NoTicket, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Contains("no service HTTP/ex99.lab.mailflowbot.example", failure.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos)]
    [InlineData(AuthenticationKind.Negotiate)]
    internal async Task An_absent_cache_is_told_and_works_once_it_is_there(AuthenticationKind kind)
    {
        var kdc = realm.Require();
        var cache = kdc.NewCache();
        LabKdc.UseCache(cache);
        try
        {
            await using var peer = await WsmanPeer.StartAsync(new NegotiatingPeer(plain => (200, plain)).AnswerAsync);
            await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, new Credentials(kind)));
            var failure = await transport.FailAsync();
            Assert.Equal(TransportFault.NoTicket, failure.Fault);
            Assert.Contains("cache holds no ticket", failure.Message, StringComparison.Ordinal);

            await kdc.KinitAsync(LabKdc.User, LabKdc.Password, cache);
            Assert.NotEmpty(await transport.TextAsync());
        }
        finally
        {
            LabKdc.UseCache(kdc.Cache);
        }
    }

    [SkippableFact]
    public async Task A_kdc_that_is_down_is_told_and_is_no_wrong_password()
    {
        var kdc = realm.Require();
        await using var peer = await WsmanPeer.StartAsync(new NegotiatingPeer(plain => (200, plain)).AnswerAsync);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(peer.Address, Who(AuthenticationKind.Kerberos, LabKdc.User, LabKdc.Password)));
        await kdc.PauseAsync();
        try
        {
            var failure = await transport.FailAsync();
            Assert.Equal(TransportFault.NoTicket, failure.Fault);
            Assert.Contains("no KDC", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            await kdc.ResumeAsync();
        }

        Assert.NotEmpty(await transport.TextAsync());
    }

    [Theory]
    [InlineData(32, nameof(TransportFault.NoTicket), "expired")]
    [InlineData(37, nameof(TransportFault.NoTicket), "clocks")]
    [InlineData(41, nameof(TransportFault.NoTicket), "another account")]
    [InlineData(18, nameof(TransportFault.Unauthorized), "locked")]
    [InlineData(23, nameof(TransportFault.Unauthorized), "has expired")]
    [InlineData(null, nameof(TransportFault.NoTicket), "clocks")]
    public void Other_errors_have_their_words(int? error, string fault, string says)
    {
        var failure = new TicketFaults("http://ex01/PowerShell", LabKdc.User, "HTTP/ex01").Of(System.Net.Security.NegotiateAuthenticationStatusCode.GenericFailure, error, hasPassword: true);

        Assert.Equal(fault, failure.Fault.ToString());
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("http://ex01/PowerShell: ", failure.Message, StringComparison.Ordinal);
    }

    private static Credentials Who(AuthenticationKind kind, string user, string password) => new(kind) { UserName = user, Password = new Secret(password) };
}
