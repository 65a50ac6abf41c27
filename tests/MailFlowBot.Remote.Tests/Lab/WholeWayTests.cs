using System.Net;
using System.Net.Security;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Tests.Transport;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;
using MailFlowBot.Testing.Kerberos;

namespace MailFlowBot.Remote.Tests.Lab;

/// <summary>Our own client over each kind of connection.</summary>
[Collection(InRealm.Name)]
public sealed class WholeWayTests(KerberosRealm realm)
{
    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos, false)]
    [InlineData(AuthenticationKind.Kerberos, true)]
    [InlineData(AuthenticationKind.Negotiate, false)]
    [InlineData(AuthenticationKind.Negotiate, true)]
    public Task Reads_with_a_ticket(AuthenticationKind kind, bool tls)
    {
        realm.Require();
        return ReadAsync(new LabOptions { Authentication = [kind], HttpsPort = tls ? 0 : null }, new Credentials(kind)
        {
            UserName = LabKdc.User,
            Password = new Secret(LabKdc.Password),
        });
    }

    [SkippableTheory]
    [InlineData("Kerberos", true)]
    [InlineData("Negotiate", true)]
    [InlineData("Kerberos", false)]
    public async Task Bound_to_the_channel_it_is_admitted_where_others_are_not(string package, bool bound)
    {
        realm.Require();
        var kind = Enum.Parse<AuthenticationKind>(package);
        await using var lab = await LabServer.StartAsync(new LabOptions { Authentication = [kind], RequireChannelBinding = true });
        if (bound)
        {
            await ReadAsync(lab, new Credentials(kind) { UserName = LabKdc.User, Password = new Secret(LabKdc.Password) });
            return;
        }

        using var unbound = new NegotiateAuthentication(new NegotiateAuthenticationClientOptions
        {
            Package = package,
            TargetName = "HTTP/localhost",
            Credential = new NetworkCredential(LabKdc.User, LabKdc.Password),
        });
        await using var client = new PlainClient(lab) { Proof = new(package, Convert.ToBase64String(unbound.GetOutgoingBlob([], out _)!)) };
        using var answer = await client.SendAsync(default);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [SkippableTheory]
    [InlineData(AuthenticationKind.Kerberos)]
    [InlineData(AuthenticationKind.Negotiate)]
    public async Task A_server_whose_clock_is_wrong_is_told_from_a_wrong_password(AuthenticationKind kind)
    {
        realm.Require();
        var options = new LabOptions { Authentication = [kind], HttpsPort = null, Faults = [FaultInjection.Parse("clock-skew=Handshake:1x9")] };
        await using var lab = await LabServer.StartAsync(options);
        await using var transport = new HttpWsmanTransport(new HttpEndpoint(
            lab.Address("EX01/PowerShell/"), new Credentials(kind) { UserName = LabKdc.User, Password = new Secret(LabKdc.Password) }));

        var refused = await Assert.ThrowsAsync<TransportException>(() => transport.PostAsync("<a/>"u8.ToArray(), default));

        Assert.Equal(TransportFault.NoTicket, refused.Fault);
        Assert.Contains("clocks", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Reads_with_a_password_over_tls() => ReadAsync(new LabOptions(), Basic);

    [Fact]
    public async Task Reads_with_a_certificate()
    {
        var options = new LabOptions { Authentication = [AuthenticationKind.Certificate] };
        await using var lab = await LabServer.StartAsync(options);
        await ReadAsync(lab, new Credentials(AuthenticationKind.Certificate) { Certificate = lab.Authority.Clients[LabAccount.OnCall] });
    }

    [Fact]
    public async Task Reads_where_a_302_led_to()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await ReadAsync(lab, Basic, "moved/EX01/PowerShell/");
    }

    [Fact]
    public async Task Is_told_by_a_fault_where_to_go()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using var client = new PlainClient(lab, "redirect/EX01/PowerShell/");

        await Assert.ThrowsAnyAsync<RemoteException>(() => LabSession.OpenAsync(lab, client));

        var said = client.Seen[0].Text;
        Assert.Contains("Code=\"2150859161\"", said, StringComparison.Ordinal);
        Assert.Contains(lab.Address("EX01/PowerShell/").AbsoluteUri, said, StringComparison.Ordinal);
    }

    private static Credentials Basic => new(AuthenticationKind.Basic)
    {
        UserName = LabAccount.OnCall.UserName,
        Password = new Secret(new LabOptions().Password),
    };

    private static async Task ReadAsync(LabOptions options, Credentials credentials)
    {
        await using var lab = await LabServer.StartAsync(options);
        await ReadAsync(lab, credentials);
    }

    private static async Task ReadAsync(LabServer lab, Credentials credentials, string path = "EX01/PowerShell/")
    {
        var address = lab.Address(path);
        var transport = new HttpWsmanTransport(new HttpEndpoint(address, credentials) { TrustedRoots = [lab.Authority.Root] });
        await using (var session = await RemoteSession.OpenAsync(
            transport, new RemoteSessionOptions(new ShellOptions(address.AbsoluteUri)), TimeProvider.System, default))
        {
            var read = Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(LabSession.Read("EX03"), default));
            Assert.Single(read.Streams.Outputs);
        }

        Assert.Equal(0, lab.ShellCount);
        Assert.Equal(0, lab.Logons.WrongCount);
    }
}
