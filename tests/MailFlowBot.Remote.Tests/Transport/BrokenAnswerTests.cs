using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>Peers that are damaged, hostile or gone: each ends in an exception that says what, and whether the envelope may have arrived.</summary>
public sealed class BrokenAnswerTests
{
    private const string Soap = "Content-Type: application/soap+xml;charset=UTF-8\r\n";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n" + Soap + "Content-Length: 50\r\n\r\n<half>", nameof(TransportFault.BrokenOff), "too early")]
    [InlineData("HTTP/1.1 200 OK\r\n" + Soap + "Transfer-Encoding: chunked\r\n\r\n6\r\n<half>\r\n", nameof(TransportFault.BrokenOff), "too early")]
    [InlineData("HTTP/1.1 200 OK\r\n" + Soap + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n", nameof(TransportFault.BadAnswer), "")]
    [InlineData("HTTP/1.1 200 OK\r\n" + Soap + "Content-Length: 1073741824\r\n\r\n<a", nameof(TransportFault.AnswerTooLarge), "1073741824")]
    [InlineData("HTTP/1.1 200 OK\r\n" + Soap + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b..", nameof(TransportFault.BadAnswer), "compress")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", nameof(TransportFault.BadAnswer), "web page")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", nameof(TransportFault.BadAnswer), "web page")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno", nameof(TransportFault.BadAnswer), "502")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", nameof(TransportFault.BadAnswer), "not HTTP")]
    [InlineData("", nameof(TransportFault.BrokenOff), "too early")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: appl", nameof(TransportFault.BrokenOff), "too early")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"Encrypted Boundary\"\r\nContent-Length: 2\r\n\r\n--", nameof(TransportFault.BadAnswer), "encrypts")]
    public async Task Says_what_is_wrong_with_the_answer_and_that_the_envelope_may_have_arrived(string answer, string fault, string says)
    {
        await using var peer = RawPeer.Answering(answer);

        var failure = await peer.Address.Anonymous().FailAsync();

        Assert.Equal((fault, Delivery.Unknown), (failure.Fault.ToString(), failure.Delivery));
        Assert.Contains(says, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(peer.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, peer.Connections);
    }

    [Theory]
    [InlineData(401, nameof(TransportFault.Unauthorized))]
    [InlineData(403, nameof(TransportFault.Forbidden))]
    [InlineData(404, nameof(TransportFault.NotFound))]
    [InlineData(405, nameof(TransportFault.NotFound))]
    [InlineData(407, nameof(TransportFault.NotConfigured))]
    [InlineData(413, nameof(TransportFault.RequestTooLarge))]
    [InlineData(503, nameof(TransportFault.Unavailable))]
    public async Task A_refusal_of_http_itself_means_that_nothing_happened(int status, string fault)
    {
        await using var peer = RawPeer.Answering($"HTTP/1.1 {status} No\r\nContent-Type: text/html\r\nRetry-After: 7\r\nContent-Length: 6\r\n\r\n<html>");

        var failure = await peer.Address.Anonymous().FailAsync();

        Assert.Equal((fault, Delivery.NotSent), (failure.Fault.ToString(), failure.Delivery));
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(7) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await using var peer = new RawPeer(async connection =>
        {
            await connection.RequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            while (true)
                await connection.WriteAsync("X-Filler: " + new string('x', 1000) + "\r\n");
        });

        Assert.Equal(TransportFault.AnswerTooLarge, (await peer.Address.Anonymous().FailAsync()).Fault);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var peer = new RawPeer(async connection =>
        {
            await connection.RequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n" + Soap + "Transfer-Encoding: chunked\r\n\r\n");
            while (true)
                await connection.WriteAsync("10000\r\n" + new string('x', 0x10000) + "\r\n");
        });

        Assert.Equal(TransportFault.AnswerTooLarge, (await peer.Address.Anonymous().FailAsync()).Fault);
    }

    [Fact]
    public async Task A_drip_ends_with_the_callers_token_and_closes_its_connection()
    {
        var closed = new TaskCompletionSource();
        await using var peer = new RawPeer(async connection =>
        {
            await connection.RequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n" + Soap + "Content-Length: 1000\r\n\r\n<");
            await connection.UntilClosedAsync();
            closed.SetResult();
        });
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        using var patience = new CancellationTokenSource();
        var reply = await transport.PostAsync(Posting.Envelope, CancellationToken.None);
        await using var body = reply.Body.GetAsyncEnumerator(patience.Token);
        Assert.True(await body.MoveNextAsync());
        var next = body.MoveNextAsync();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_with_the_callers_token()
    {
        var asked = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var peer = new RawPeer(async connection =>
        {
            await connection.RequestAsync();
            asked.SetResult();
            await connection.UntilClosedAsync();
            closed.SetResult();
        });
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        using var patience = new CancellationTokenSource();
        var waiting = transport.PostAsync(Posting.Envelope, patience.Token);
        await asked.Task;
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_envelope_that_may_have_arrived_is_never_sent_again()
    {
        await using var peer = new RawPeer(async connection =>
        {
            // A good answer first, so that the connection is one that HTTP would like to repeat on.
            Assert.NotNull(await connection.RequestAsync());
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n" + Soap + "Content-Length: 4\r\n\r\n<a/>");
            Assert.NotNull(await connection.RequestAsync());
        });
        await using var transport = new HttpWsmanTransport(peer.Address.Anonymous());
        Assert.Equal("<a/>", await transport.TextAsync());

        var failure = await transport.FailAsync();

        Assert.Equal((TransportFault.BrokenOff, Delivery.Unknown), (failure.Fault, failure.Delivery));
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task Nobody_there_means_not_sent()
    {
        Uri address;
        await using (var peer = RawPeer.Answering(""))
            address = peer.Address;

        var failure = await address.Anonymous().FailAsync();

        Assert.Equal((TransportFault.Unreachable, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Contains("ConnectionRefused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_host_means_not_sent()
    {
        var who = new Credentials(AuthenticationKind.Basic) { UserName = "operator", Password = new Secret("p") };
        var failure = await new HttpEndpoint(new Uri("https://no-such-host.invalid/wsman"), who).FailAsync();

        Assert.Equal((TransportFault.Unreachable, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.Contains("name is not known", failure.Message, StringComparison.Ordinal);
    }
}
