using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>Shells that a killed process left behind, and that those of others stay.</summary>
public sealed class ShellLedgerTests : IDisposable
{
    private static readonly EndpointName Ex01 = new("EX01");
    private static readonly EndpointAccount Account = new("mailflowbot@contoso.example");

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Stands_in_the_ledger_from_before_the_request_until_after_the_deletion()
    {
        await using var endpoint = new Endpoint();
        using var ledger = ShellLedger.Open(_folder, TimeProvider.System);
        var wire = new FaultyWire(endpoint.Transport);
        var atCreate = -1;
        wire.Before = request =>
        {
            if (request.Contains("transfer/Create<", StringComparison.Ordinal))
                atCreate = ledger.OpenCount;
            return null;
        };
        endpoint.Transport = wire;

        await using (var session = await OpenAsync(endpoint, ledger))
            Assert.Equal(1, ledger.OpenCount);

        Assert.Equal((1, 0), (atCreate, ledger.OpenCount));
        Assert.Contains(wire.Posted, request => request.Contains(ledger.ShellName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_is_deleted_at_the_next_start()
    {
        await using var endpoint = new Endpoint();
        var dead = ShellLedger.Open(_folder, TimeProvider.System);
        _ = await OpenAsync(endpoint, dead);
        _ = await OpenAsync(endpoint, dead);
        dead.Dispose();

        // The last line of a killed process may be cut.
        File.AppendAllText(Directory.GetFiles(_folder).Single(), "{\"op\":\"opening\",\"she");
        using var ledger = ShellLedger.Open(_folder, TimeProvider.System);

        var report = await Reaper(endpoint, ledger).ReapAsync([], default);

        Assert.Equal(new ReapReport(2, 0, 0), report);
        Assert.Equal((0, 0), (endpoint.Server.ShellCount, ledger.OpenCount));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task What_could_not_be_reached_stays_for_the_next_time()
    {
        await using var endpoint = new Endpoint();
        var dead = ShellLedger.Open(_folder, TimeProvider.System);
        _ = await OpenAsync(endpoint, dead);
        dead.Dispose();
        using (var second = ShellLedger.Open(_folder, TimeProvider.System))
        {
            var reaper = new ShellReaper(second, _ => null, _ => Account, TimeSpan.FromSeconds(10), TimeProvider.System);
            Assert.Equal(new ReapReport(0, 0, 1), await reaper.ReapAsync([], default));
            Assert.Equal(1, second.OpenCount);
        }

        using var third = ShellLedger.Open(_folder, TimeProvider.System);

        Assert.Equal(new ReapReport(1, 0, 0), await Reaper(endpoint, third).ReapAsync([], default));
    }

    [Fact]
    public async Task Leaves_living_processes_and_strangers_alone()
    {
        await using var endpoint = new Endpoint();
        using var living = ShellLedger.Open(_folder, TimeProvider.System);
        await using var ours = await OpenAsync(endpoint, living);
        endpoint.Shell = endpoint.Shell with { Name = "Session5" };
        await using var stranger = await endpoint.OpenAsync();
        endpoint.Shell = endpoint.Shell with { Name = "MailFlowBot-OTHERHOST-0badcafe" };
        await using var otherHost = await endpoint.OpenAsync();
        using var ledger = ShellLedger.Open(_folder, TimeProvider.System);

        var report = await Reaper(endpoint, ledger).ReapAsync([Ex01], default);

        Assert.Equal(default, report);
        Assert.Equal(3, endpoint.Server.ShellCount);
    }

    [Fact]
    public async Task Finds_a_left_over_by_its_name_when_its_ledger_is_lost()
    {
        await using var endpoint = new Endpoint();
        var dead = ShellLedger.Open(_folder, TimeProvider.System);
        _ = await OpenAsync(endpoint, dead);
        dead.Dispose();
        File.Delete(Directory.GetFiles(_folder).Single());
        using var ledger = ShellLedger.Open(_folder, TimeProvider.System);

        Assert.Equal(new ReapReport(1, 0, 0), await Reaper(endpoint, ledger).ReapAsync([Ex01], default));
        Assert.Equal(0, endpoint.Server.ShellCount);
    }

    [Fact]
    public void Does_not_grow_without_end()
    {
        using var ledger = ShellLedger.Open(_folder, TimeProvider.System);
        var kept = ShellId.From(Guid.NewGuid());
        ledger.Opening(kept, Ex01, Account.Name, "resource");
        for (var i = 0; i < 400; i++)
        {
            var shell = ShellId.From(Guid.NewGuid());
            ledger.Opening(shell, Ex01, Account.Name, "resource");
            ledger.Closed(shell);
        }

        var file = new FileInfo(Directory.GetFiles(_folder).Single());
        Assert.InRange(file.Length, 1, 70 * 1024);
        ledger.Dispose();
        using var next = ShellLedger.Open(_folder, TimeProvider.System);
        Assert.Equal(kept.Value, Assert.Single(next.TakeOver()).Shell);
    }

    [Fact]
    public async Task A_shell_whose_creation_got_no_answer_is_deleted_all_the_same()
    {
        await using var endpoint = new Endpoint();
        using var ledger = ShellLedger.Open(_folder, TimeProvider.System);
        var wire = new FaultyWire(endpoint.Transport);
        wire.After = (request, reply) => request.Contains("transfer/Create<", StringComparison.Ordinal)
            ? throw new TransportException(Delivery.Unknown, "reset")
            : reply;
        endpoint.Transport = wire;

        await Assert.ThrowsAsync<ConnectionLost>(() => OpenAsync(endpoint, ledger));

        Assert.Equal((0, 0), (endpoint.Server.ShellCount, ledger.OpenCount));
    }

    [Fact]
    public async Task An_account_with_too_many_shells_gets_rid_of_its_left_overs_and_opens()
    {
        await using var endpoint = new Endpoint(new EndpointServerOptions { Shells = new ShellServerOptions(MaxShells: 2) });
        var dead = ShellLedger.Open(_folder, TimeProvider.System);
        _ = await OpenAsync(endpoint, dead);
        _ = await OpenAsync(endpoint, dead);
        dead.Dispose();
        using var ledger = ShellLedger.Open(_folder, TimeProvider.System);
        var reaper = Reaper(endpoint, ledger);
        await using var pool = new SessionPool(
            (_, _) => OpenAsync(endpoint, ledger),
            new SessionPoolOptions { Reap = (name, cancellation) => reaper.ReapAsync([name], cancellation) });

        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default));

        Assert.Equal(1, endpoint.Server.ShellCount);
    }

    private static Task<RemoteSession> OpenAsync(Endpoint endpoint, ShellLedger ledger)
    {
        endpoint.Configure = options => options with
        {
            Shell = options.Shell with { Name = ledger.ShellName },
            Ledger = new LedgerPage(ledger, Ex01, Account.Name),
        };
        return endpoint.OpenAsync();
    }

    private static ShellReaper Reaper(Endpoint endpoint, ShellLedger ledger) => new(
        ledger, _ => (endpoint.Transport, endpoint.Shell), _ => Account, TimeSpan.FromSeconds(10), TimeProvider.System);
}
