using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Endpoints;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Tests.Sessions;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Lab;

public sealed class QuotaTests
{
    [Theory]
    [InlineData(false, "2150859173")]
    [InlineData(true, "2150859236")]
    public async Task Shells_are_counted_per_user_and_refused_in_the_wording_chosen(bool plugin, string code)
    {
        var quotas = new LabQuotas(Shells: 1) { Wording = plugin ? QuotaWording.Plugin : QuotaWording.User };
        await using var lab = await LabServer.StartAsync(new LabOptions { Quotas = quotas });
        await using var client = new PlainClient(lab);
        await using var first = await LabSession.OpenAsync(lab);
        await using var other = await LabSession.OpenAsync(lab, account: LabAccount.ReadOnly);

        await Assert.ThrowsAnyAsync<RemoteException>(() => LabSession.OpenAsync(lab, client));

        Assert.Contains($"Code=\"{code}\"", client.Seen[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_receives_count_as_operations()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Quotas = new LabQuotas { Operations = 1 } });
        var client = new PlainClient(lab);
        await using var session = await LabSession.OpenAsync(lab, client, recoveryWindow: TimeSpan.Zero);

        await session.InvokeAsync(new PsCommand("Get-LabObject", new PsParameter("Count", 1)), default);

        Assert.Contains(client.Seen, exchange => exchange.Text.Contains("Code=\"2150859240\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shell_left_alone_ends_by_itself()
    {
        var time = new ManualTime();
        await using var lab = await LabServer.StartAsync(new LabOptions { Time = time });
        await using var client = new PlainClient(lab);
        using var created = await client.SendAsync(await LabSession.CreateAsync(lab));
        Assert.Equal(1, lab.ShellCount);

        time.Advance(lab.Options.Quotas.IdleTimeOut - TimeSpan.FromSeconds(2));
        Assert.Equal(1, lab.ShellCount);
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(0, lab.ShellCount);
    }

    [Fact]
    public async Task More_commands_than_the_load_quota_are_told_how_long_to_wait()
    {
        var quotas = new LabQuotas { CommandsPerWindow = 2, ThrottleWindow = TimeSpan.FromMinutes(1) };
        await using var lab = await LabServer.StartAsync(new LabOptions { Quotas = quotas });
        await using var session = await LabSession.OpenAsync(lab);

        for (var i = 0; i < 2; i++)
            Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(LabSession.Read("EX03"), default));
        var throttled = Assert.IsType<InvocationOutcome.Failed>(await session.InvokeAsync(LabSession.Read("EX03"), default));

        Assert.Matches("not approved for [0-9]+ milliseconds", throttled.Error.Message);
    }

    [Fact]
    public async Task Hundreds_of_large_objects_come_through_answers_of_limited_size()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions());
        await using var session = await LabSession.OpenAsync(lab);

        var all = await session.InvokeAsync(new PsCommand("Get-LabObject", new PsParameter("Count", 300), new PsParameter("Length", 5000)), default);

        Assert.Equal(300, all.Streams.Outputs.Count);
    }
}
