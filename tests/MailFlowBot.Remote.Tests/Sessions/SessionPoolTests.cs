using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Sessions;

public sealed class SessionPoolTests
{
    private static readonly EndpointName Ex01 = new("EX01");

    [Fact]
    public async Task Opens_one_session_for_each_endpoint_whatever_the_case_of_its_name()
    {
        await using var endpoint = new Endpoint();
        var opened = new List<EndpointName>();
        await using var pool = Pool(endpoint, opened);

        await Task.WhenAll(
            pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default),
            pool.InvokeReadAsync(new EndpointName("ex01"), new PsCommand("Get-X"), default),
            pool.InvokeReadAsync(new EndpointName("EX02"), new PsCommand("Get-X"), default));

        Assert.Equal(2, opened.Count);
        Assert.Equal(2, endpoint.Server.ShellCount);
    }

    [Fact]
    public async Task Opens_a_new_session_after_the_old_one_died()
    {
        await using var endpoint = new Endpoint();
        var opened = new List<EndpointName>();
        var sessions = new List<RemoteSession>();
        await using var pool = Pool(endpoint, opened, sessions);
        await pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default);
        await sessions[0].DisposeAsync();

        var outcome = await pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default);

        Assert.IsType<InvocationOutcome.Completed>(outcome);
        Assert.Equal(2, opened.Count);
    }

    [Fact]
    public async Task Sends_a_command_once_more_only_when_it_certainly_was_not_sent()
    {
        await using var endpoint = new Endpoint();
        var wire = new FaultyWire(endpoint.Transport);
        endpoint.Transport = wire;
        var opened = new List<EndpointName>();
        await using var pool = Pool(endpoint, opened);
        var change = new PsCommand("Set-X");
        await pool.InvokeReadAsync(Ex01, change, default);

        var failures = 0;
        wire.Before = request => FaultyWire.IsCommand(request) && failures++ == 0 ? throw new TransportException(Delivery.NotSent, "gone") : null;
        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeReadAsync(Ex01, change, default));
        Assert.Equal((2, 2), (endpoint.Changes.Count, opened.Count));

        failures = 0;
        wire.Before = null;
        wire.After = (request, reply) => FaultyWire.IsCommand(request) && failures++ == 0 ? throw new TransportException(Delivery.Unknown, "gone") : reply;
        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeReadAsync(Ex01, change, default));
        Assert.Equal((3, 2), (endpoint.Changes.Count, opened.Count));
    }

    [Fact]
    public async Task Closes_all_sessions_with_itself()
    {
        await using var endpoint = new Endpoint();
        var pool = Pool(endpoint, []);
        await pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default);
        await pool.InvokeReadAsync(new EndpointName("EX02"), new PsCommand("Get-X"), default);

        await pool.DisposeAsync();

        Assert.Equal(0, endpoint.Server.ShellCount);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default));
    }

    [Fact]
    public async Task Never_has_more_shells_open_than_the_accounts_budget_and_serves_everybody()
    {
        await using var endpoint = new Endpoint();
        var most = 0;
        await using var pool = new SessionPool(
            async (_, cancellation) =>
            {
                var session = await endpoint.OpenAsync(cancellation);
                InterlockedMax(ref most, endpoint.Server.ShellCount);
                return session;
            },
            new SessionPoolOptions { ShellsPerAccount = 3, YieldTime = TimeSpan.FromMilliseconds(1) });

        var calls = Enumerable.Range(0, 60)
            .Select(i => pool.InvokeReadAsync(new EndpointName($"EX{i % 12:00}"), new PsCommand("Get-X"), default));
        var outcomes = await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.All(outcomes, outcome => Assert.IsType<InvocationOutcome.Completed>(outcome));
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Places_of_one_account_are_no_concern_of_another()
    {
        await using var endpoint = new Endpoint();
        await using var pool = new SessionPool(
            (_, cancellation) => endpoint.OpenAsync(cancellation),
            new SessionPoolOptions { ShellsPerAccount = 1, AccountOf = name => new EndpointAccount(name.Value) });
        using var busy = new CancellationTokenSource();
        var first = pool.InvokeReadAsync(Ex01, new PsCommand("Wait-X"), busy.Token);
        await endpoint.Waiting;

        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeReadAsync(new EndpointName("EX02"), new PsCommand("Get-X"), default));

        Assert.False(first.IsCompleted);
        await busy.CancelAsync();
        Assert.IsType<InvocationOutcome.Stopped>(await first);
    }

    [Fact]
    public async Task A_caller_that_gives_up_waiting_takes_no_place()
    {
        var endpoint = new Endpoint();
        await using var pool = new SessionPool((_, cancellation) => endpoint.OpenAsync(cancellation), new SessionPoolOptions { ShellsPerAccount = 1 });
        using var busy = new CancellationTokenSource();
        var first = pool.InvokeReadAsync(Ex01, new PsCommand("Wait-X"), busy.Token);
        await endpoint.Waiting;
        using var impatient = new CancellationTokenSource();
        var second = pool.InvokeReadAsync(new EndpointName("EX02"), new PsCommand("Get-X"), impatient.Token);
        var third = pool.InvokeReadAsync(new EndpointName("EX03"), new PsCommand("Get-X"), default);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await busy.CancelAsync();

        Assert.IsType<InvocationOutcome.Stopped>(await first);
        Assert.IsType<InvocationOutcome.Completed>(await third.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_session_that_nobody_uses_is_closed()
    {
        var time = new ManualTime();
        await using var endpoint = new Endpoint(time: time);
        await using var pool = new SessionPool((_, cancellation) => endpoint.OpenAsync(cancellation), time: time);
        var deleted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.Transport = new FaultyWire(endpoint.Transport)
        {
            After = (request, reply) =>
            {
                if (FaultyWire.IsDelete(request))
                    deleted.TrySetResult();
                return reply;
            },
        };
        await pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default);
        Assert.Equal(1, endpoint.Server.ShellCount);

        time.Advance(TimeSpan.FromMinutes(5));

        await deleted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, endpoint.Server.ShellCount);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_at_one_server_only()
    {
        var attempts = 0;
        await using var pool = new SessionPool(
            (_, _) =>
            {
                Interlocked.Increment(ref attempts);
                throw new AccessRefused(RefusedScope.Account, "401");
            },
            new SessionPoolOptions { AccountOf = _ => new EndpointAccount("bot@contoso.example", ByPassword: true) });

        var calls = Enumerable.Range(0, 10).Select(i => pool.InvokeReadAsync(new EndpointName($"EX{i:00}"), new PsCommand("Get-X"), default)).ToList();

        foreach (var call in calls)
            await Assert.ThrowsAsync<AccessRefused>(() => call);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_missing_right_on_one_endpoint_locks_only_that_one()
    {
        await using var endpoint = new Endpoint();
        var attempts = 0;
        await using var pool = new SessionPool((name, cancellation) =>
        {
            if (name != Ex01)
                return endpoint.OpenAsync(cancellation);
            attempts++;
            throw new AccessRefused(RefusedScope.Endpoint, "403");
        });

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<AccessRefused>(() => pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default));

        Assert.Equal(1, attempts);
        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeReadAsync(new EndpointName("EX02"), new PsCommand("Get-X"), default));
    }

    [Fact]
    public async Task An_endpoint_that_stays_away_is_left_alone_for_a_while()
    {
        var attempts = 0;
        await using var pool = new SessionPool(
            (_, _) =>
            {
                attempts++;
                throw new ConnectionLost(Delivery.NotSent, "connection refused");
            },
            new SessionPoolOptions { Resilience = new ResilienceOptions { FirstPause = TimeSpan.FromMilliseconds(1), FailuresBeforeBreak = 4 } });

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAnyAsync<RemoteException>(() => pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default));
        var unavailable = await Assert.ThrowsAsync<EndpointUnavailable>(() => pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default));

        Assert.Equal(4, attempts);
        Assert.Contains("connection refused", unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_as_long_as_a_throttling_server_asks_and_only_once()
    {
        await using var endpoint = new Endpoint();
        await using var pool = new SessionPool((_, cancellation) => endpoint.OpenAsync(cancellation));

        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeReadAsync(Ex01, new PsCommand("Throttle-Once"), default));
        Assert.IsType<InvocationOutcome.Failed>(await pool.InvokeReadAsync(Ex01, new PsCommand("Throttle-Always"), default));
        Assert.IsType<InvocationOutcome.Failed>(await pool.InvokeOnceAsync(Ex01, new PsCommand("Throttle-Always"), default));

        Assert.Equal(2 + 2 + 1, endpoint.Throttled);
    }

    [Fact]
    public async Task A_missing_right_is_known_before_anything_is_sent()
    {
        await using var endpoint = new Endpoint(new EndpointServerOptions([new CommandMetadata("Set-X", ["Value"])]));
        var wire = new FaultyWire(endpoint.Transport);
        endpoint.Transport = wire;
        await using var pool = new SessionPool(
            (_, cancellation) => endpoint.OpenAsync(cancellation),
            new SessionPoolOptions { Commands = ["Set-X", "Get-X"], AccountOf = _ => new EndpointAccount("bot@contoso.example") });

        var cmdlet = Assert.IsType<InvocationOutcome.NotAllowed>(await pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default));
        var parameter = Assert.IsType<InvocationOutcome.NotAllowed>(
            await pool.InvokeOnceAsync(Ex01, new PsCommand("Set-X", new PsParameter("Force", true)), default));

        Assert.Equal("The role of bot@contoso.example at EX01 lacks the cmdlet Get-X.", cmdlet.Reason);
        Assert.Equal(("Set-X", "Force"), (parameter.Cmdlet, parameter.Parameter));
        Assert.Empty(endpoint.Changes);

        // Asked once for the endpoint; nothing else was sent as a command.
        Assert.Single(wire.Posted, FaultyWire.IsCommand);
        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeOnceAsync(Ex01, new PsCommand("Set-X", new PsParameter("Value", 1)), default));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }

    private static SessionPool Pool(Endpoint endpoint, List<EndpointName> opened, List<RemoteSession>? sessions = null) => new(
        async (name, cancellation) =>
        {
            lock (opened)
                opened.Add(name);
            var session = await endpoint.OpenAsync(cancellation);
            sessions?.Add(session);
            return session;
        });
}
