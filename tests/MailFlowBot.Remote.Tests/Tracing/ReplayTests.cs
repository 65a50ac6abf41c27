using System.Text;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Tests.Sessions;
using MailFlowBot.Remote.Tracing;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;
using EnvelopeText = MailFlowBot.Remote.Tracing.EnvelopeText;

namespace MailFlowBot.Remote.Tests.Tracing;

public sealed class ReplayTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recorded_session_replays_with_new_ids(bool isRedacted)
    {
        var recorded = await RecordAsync(isRedacted);

        await using var replay = new ReplayTransport(Recording.Read(new StringReader(recorded)));
        await using var session = await OpenAsync(replay);
        Assert.Equal(new Version(5, 1, 17763, 1), session.PowerShellVersion);
        var first = Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(new PsCommand("Get-X", new PsParameter("Identity", "EX02")), default));
        var second = Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(new PsCommand("Write-Trouble"), default));

        var output = Assert.IsType<PsObject>(Assert.Single(first.Streams.Outputs));
        Assert.Equal(7, output["Count"]);
        Assert.Equal(isRedacted ? new string('x', 18) : "ex07 secret 日本", output["Identity"]);
        Assert.Single(second.Streams.Errors);
    }

    [Fact]
    public async Task A_redacted_trace_keeps_names_and_numbers_and_no_text()
    {
        var payloads = Payloads(await RecordAsync(isRedacted: true));

        Assert.Contains("Get-X", payloads, StringComparison.Ordinal);
        Assert.Contains("Contoso.X", payloads, StringComparison.Ordinal);
        Assert.Contains("<I32 N=\"Count\">7</I32>", payloads, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", payloads, StringComparison.Ordinal);
        Assert.DoesNotContain("no such thing", payloads, StringComparison.Ordinal);
        Assert.DoesNotContain("close to the edge", payloads, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_that_is_not_redacted_keeps_the_texts() =>
        Assert.Contains("secret", Payloads(await RecordAsync(isRedacted: false)), StringComparison.Ordinal);

    [Fact]
    public async Task A_failure_is_recorded_and_replayed()
    {
        using var lines = new StringWriter();
        using var trace = new WireTrace(lines, isRedacted: true, TimeProvider.System);
        await using var broken = new TracingTransport(
            new InMemoryTransport((_, _) => throw new TransportException(TransportFault.Forbidden, Delivery.NotSent, "no right: hunter2")), trace);
        await Assert.ThrowsAsync<TransportException>(() => broken.PostAsync("<a:Action>x</a:Action>"u8.ToArray(), default));
        await using var replay = new ReplayTransport(Recording.Read(new StringReader(lines.ToString())));

        var failure = await Assert.ThrowsAsync<TransportException>(() => replay.PostAsync("<a:Action>x</a:Action>"u8.ToArray(), default));

        Assert.Equal((TransportFault.Forbidden, Delivery.NotSent), (failure.Fault, failure.Delivery));
        Assert.DoesNotContain("hunter2", lines.ToString(), StringComparison.Ordinal);
        Assert.Equal(TransportFault.BadAnswer, (await Assert.ThrowsAsync<TransportException>(() => replay.PostAsync("<a:Action>x</a:Action>"u8.ToArray(), default))).Fault);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"n":1,"at":0}""")]
    [InlineData("""{"n":1,"at":0,"status":200,"received":"<a/>"}""")]
    [InlineData("""[[[[[[1]]]]]]""")]
    public void What_is_no_trace_is_refused(string line) => Assert.Throws<InvalidDataException>(() => Recording.Read(new StringReader(line)));

    [Fact]
    public void Masks_at_every_split_alike()
    {
        var text = "<Obj RefId=\"0\"><MS><S N=\"Identity\">EX01 &gt; Ü</S><S N=\"State\">Active</S><BA N=\"B\">QUJD</BA><I32 N=\"a>b\">7</I32></MS></Obj>"u8.ToArray();
        const string Masked = "<Obj RefId=\"0\"><MS><S N=\"Identity\">xxxxxxxxxxxx</S><S N=\"State\">Active</S><BA N=\"B\">AAAA</BA><I32 N=\"a>b\">7</I32></MS></Obj>";
        for (var split = 0; split <= text.Length; split++)
        {
            var copy = text.ToArray();
            var mask = new ClixmlMask();
            mask.Take(copy.AsSpan(0, split), 0);
            mask.Take(copy.AsSpan(split), split);

            Assert.Equal(Masked, Encoding.UTF8.GetString(copy));
        }
    }

    private static async Task<string> RecordAsync(bool isRedacted)
    {
        using var lines = new StringWriter();
        using var trace = new WireTrace(lines, isRedacted, TimeProvider.System);
        await using var endpoint = new Endpoint();
        await using (var session = await OpenAsync(new TracingTransport(endpoint.Transport, trace)))
        {
            await session.InvokeAsync(new PsCommand("Get-X", new PsParameter("Identity", "ex07 secret 日本")), default);
            await session.InvokeAsync(new PsCommand("Write-Trouble"), default);
        }

        return lines.ToString();
    }

    private static Task<RemoteSession> OpenAsync(IWsmanTransport transport) => RemoteSession.OpenAsync(
        transport, new RemoteSessionOptions(new ShellOptions("http://ex01.contoso.example/PowerShell/")), TimeProvider.System, default);

    private static string Payloads(string trace)
    {
        var all = new StringBuilder();
        foreach (var exchange in Recording.Read(new StringReader(trace)).Exchanges)
        {
            foreach (var envelope in (string[])[exchange.Sent, exchange.End is TraceEntry.Received received ? received.Envelope : ""])
                EnvelopeText.ChangePayloads(envelope, (_, _, bytes) => all.Append(Encoding.UTF8.GetString(bytes)));
        }

        return all.ToString();
    }
}
