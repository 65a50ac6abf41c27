using System.Collections.Concurrent;
using System.Text;
using MailFlowBot.Remote.Transport;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Remote.Tests.Transport;

public sealed class PlainTransportTests
{
    [Fact]
    public async Task Posts_an_envelope_as_soap_and_asks_for_no_compression()
    {
        await using var peer = await WsmanPeer.StartAsync(WsmanPeer.EchoAsync);
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());

        Assert.Equal("<echo><envelope>a change</envelope></echo>", await transport.TextAsync());
        var seen = Assert.Single(peer.Seen);
        Assert.Equal("application/soap+xml; charset=UTF-8", seen.Headers["Content-Type"].Replace(";charset", "; charset", StringComparison.Ordinal));
        Assert.Equal("identity", seen.Headers["Accept-Encoding"]);
        Assert.Equal("MailFlowBot", seen.Headers["User-Agent"]);
        Assert.DoesNotContain("Expect", seen.Headers.Keys);
        Assert.DoesNotContain("Authorization", seen.Headers.Keys);
    }

    [Fact]
    public async Task One_after_the_other_goes_over_one_connection()
    {
        await using var peer = await WsmanPeer.StartAsync(WsmanPeer.EchoAsync);
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        for (var i = 0; i < 10; i++)
            await transport.TextAsync();

        Assert.Single(peer.Seen.Select(seen => seen.Connection).Distinct());
        Assert.Equal(1, transport.Lanes);
    }

    [Fact]
    public async Task Requests_at_a_time_go_over_as_many_lanes_as_allowed_in_the_order_of_the_calls()
    {
        var arrived = new ConcurrentQueue<string>();
        using var go = new SemaphoreSlim(0);
        using var full = new SemaphoreSlim(0);
        await using var peer = await WsmanPeer.StartAsync(async context =>
        {
            arrived.Enqueue(Encoding.UTF8.GetString(await WsmanPeer.BodyAsync(context)));
            full.Release();
            await go.WaitAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync("<a/>"u8.ToArray());
        });
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous() with { MaxLanes = 2 });

        var posts = new List<Task>();
        for (var i = 0; i < 6; i++)
            posts.Add(PostAsync(i));
        await full.WaitAsync();
        await full.WaitAsync();
        Assert.Equal(2, arrived.Count);
        Assert.Equal(2, transport.Lanes);
        for (var i = 2; i < 6; i++)
        {
            go.Release();
            await full.WaitAsync();
        }

        go.Release(2);
        await Task.WhenAll(posts);
        Assert.Equal(["2", "3", "4", "5"], arrived.Skip(2));
        Assert.Equal(2, peer.Seen.Select(seen => seen.Connection).Distinct().Count());

        async Task PostAsync(int i)
        {
            var reply = await transport.PostAsync(Encoding.UTF8.GetBytes($"{i}"), CancellationToken.None);
            await reply.ReadAllAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_cancelled_wait_for_a_lane_leaves_the_queue()
    {
        await using var peer = await WsmanPeer.StartAsync(WsmanPeer.EchoAsync);
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous() with { MaxLanes = 1 });
        var held = await transport.PostAsync(Posting.Envelope, CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var waiting = transport.PostAsync(Posting.Envelope, impatient.Token);
        var next = transport.TextAsync();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await held.ReadAllAsync(CancellationToken.None);
        Assert.NotEmpty(await next);
        Assert.Equal(2, peer.Seen.Count);
    }

    [Fact]
    public async Task A_body_comes_in_pieces_before_its_end_is_there()
    {
        var isSeen = new TaskCompletionSource();
        await using var peer = await WsmanPeer.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync("<first>"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await isSeen.Task;
            await context.Response.Body.WriteAsync("</first>"u8.ToArray());
        });
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        var reply = await transport.PostAsync(Posting.Envelope, CancellationToken.None);
        var text = "";
        await foreach (var piece in reply.Body)
        {
            text += Encoding.UTF8.GetString(piece.Span);
            if (text == "<first>")
                isSeen.SetResult();
        }

        Assert.Equal("<first></first>", text);
    }

    [Fact]
    public async Task A_body_left_early_closes_its_connection_and_the_next_request_takes_another()
    {
        await using var peer = await WsmanPeer.StartAsync(async context => await context.Response.Body.WriteAsync(new byte[200_000]));
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous() with { MaxLanes = 1 });
        var reply = await transport.PostAsync(Posting.Envelope, CancellationToken.None);
        await foreach (var piece in reply.Body)
        {
            Assert.True(piece.Length < 200_000);
            break;
        }

        Assert.Equal(200_000, (await transport.TextAsync()).Length);
        Assert.Equal(2, peer.Seen.Select(seen => seen.Connection).Distinct().Count());
        await Assert.ThrowsAsync<InvalidOperationException>(() => reply.ReadAllAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(400)]
    [InlineData(503)]
    public async Task A_fault_in_soap_is_an_answer_whatever_its_status(int status)
    {
        await using var peer = await WsmanPeer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/soap+xml;charset=UTF-8";
            await context.Response.WriteAsync("<fault/>");
        });
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        var reply = await transport.PostAsync(Posting.Envelope, CancellationToken.None);

        Assert.Equal(status, reply.Status);
        Assert.Equal("<fault/>", Encoding.UTF8.GetString(await reply.ReadAllAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Cookies_stay_with_the_transport_and_all_its_lanes()
    {
        await using var peer = await WsmanPeer.StartAsync(async context =>
        {
            context.Response.Headers.SetCookie = "MS-WSMAN=ex01; path=/";
            await context.Response.WriteAsync("<a/>");
        });
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        await using var other = new HttpWsmanTransport(peer.Address.Anonymous());
        await transport.TextAsync();
        var held = await transport.PostAsync(Posting.Envelope, CancellationToken.None);
        await transport.TextAsync();
        await held.ReadAllAsync(CancellationToken.None);
        await other.TextAsync();

        Assert.Equal([null, "MS-WSMAN=ex01", "MS-WSMAN=ex01", null], peer.Seen.Select(seen => seen.Headers.GetValueOrDefault("Cookie")));
    }

    [Fact]
    public async Task Exchange_is_asked_without_the_last_slash_and_with_a_version()
    {
        await using var peer = await WsmanPeer.StartAsync(WsmanPeer.EchoAsync);
        await using var transport = new HttpWsmanTransport(new Uri(peer.Address, "/PowerShell/").Anonymous());
        await transport.TextAsync();

        Assert.Equal("/PowerShell?PSVersion=5.1.17763.1", Assert.Single(peer.Seen).Target);
    }

    [Theory]
    [InlineData("http://ex01/powershell", "http://ex01/powershell?PSVersion=5.1.17763.1")]
    [InlineData("https://ex01:444/PowerShell/?DelegatedOrg=contoso", "https://ex01:444/PowerShell?DelegatedOrg=contoso;PSVersion=5.1.17763.1")]
    [InlineData("http://ex01/PowerShell/?psversion=5.1.1.1", "http://ex01/PowerShell?psversion=5.1.1.1")]
    [InlineData("http://ex01:5985/wsman", "http://ex01:5985/wsman")]
    [InlineData("http://ex01:5985/wsman/", "http://ex01:5985/wsman/")]
    [InlineData("http://ex01/PowerShell-LiveID/", "http://ex01/PowerShell-LiveID/")]
    public void Only_the_path_of_exchange_is_rewritten(string given, string asked) => Assert.Equal(asked, EndpointAddress.Of(new Uri(given)).AbsoluteUri);

    [Fact]
    public async Task A_closed_transport_ends_requests_under_way_and_takes_no_more()
    {
        var isThere = new TaskCompletionSource();
        await using var peer = await WsmanPeer.StartAsync(async context =>
        {
            isThere.SetResult();
            var isGone = new TaskCompletionSource();
            context.RequestAborted.Register(isGone.SetResult);
            await isGone.Task;
        });
        var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        var waiting = transport.PostAsync(Posting.Envelope, CancellationToken.None);
        await isThere.Task;
        await transport.DisposeAsync();

        Assert.Equal(Delivery.Unknown, (await Assert.ThrowsAsync<TransportException>(() => waiting)).Delivery);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => transport.PostAsync(Posting.Envelope, CancellationToken.None));
        Assert.Equal(0, transport.Lanes);
    }
}
