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
            pool.InvokeAsync(Ex01, new PsCommand("Get-X"), default),
            pool.InvokeAsync(new EndpointName("ex01"), new PsCommand("Get-X"), default),
            pool.InvokeAsync(new EndpointName("EX02"), new PsCommand("Get-X"), default));

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
        await pool.InvokeAsync(Ex01, new PsCommand("Get-X"), default);
        await sessions[0].DisposeAsync();

        var outcome = await pool.InvokeAsync(Ex01, new PsCommand("Get-X"), default);

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
        await pool.InvokeAsync(Ex01, change, default);

        var failures = 0;
        wire.Before = request => FaultyWire.IsCommand(request) && failures++ == 0 ? throw new TransportException(Delivery.NotSent, "gone") : null;
        Assert.IsType<InvocationOutcome.Completed>(await pool.InvokeAsync(Ex01, change, default));
        Assert.Equal((2, 2), (endpoint.Changes.Count, opened.Count));

        failures = 0;
        wire.Before = request => FaultyWire.IsCommand(request) && failures++ == 0 ? throw new TransportException(Delivery.Unknown, "gone") : null;
        Assert.IsType<InvocationOutcome.Lost>(await pool.InvokeAsync(Ex01, change, default));
        Assert.Equal((2, 2), (endpoint.Changes.Count, opened.Count));
    }

    [Fact]
    public async Task Closes_all_sessions_with_itself()
    {
        await using var endpoint = new Endpoint();
        var pool = Pool(endpoint, []);
        await pool.InvokeAsync(Ex01, new PsCommand("Get-X"), default);
        await pool.InvokeAsync(new EndpointName("EX02"), new PsCommand("Get-X"), default);

        await pool.DisposeAsync();

        Assert.Equal(0, endpoint.Server.ShellCount);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.InvokeAsync(Ex01, new PsCommand("Get-X"), default));
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
