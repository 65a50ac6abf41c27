using System.Text;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Tests.Wsman;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>Requests recorded from a client that nobody here wrote, given to our endpoint.</summary>
public sealed class OtherClientTests
{
    private readonly ManualTime _time = new();

    [Fact(Timeout = 60_000)]
    public async Task Another_client_opens_runs_stops_and_closes()
    {
        await using var server = new EndpointServer(new EndpointServerOptions(), RunAsync, _time);
        var output = new Dictionary<CommandId, List<byte>>();
        var started = new Dictionary<CommandId, PipelineId>();
        var stopped = false;
        foreach (var text in Recorded())
        {
            var request = RequestReader.Read(Encoding.UTF8.GetBytes(text));
            if (request is WsmanRequest.Command command)
                started[command.Id] = PsrpMessage.Read(new Defragmenter(PsrpLimits.Default).Receive(command.Arguments.Span)[0]).Pipeline;
            var reply = server.PostAsync(Encoding.UTF8.GetBytes(text), default);

            // Where nothing more can come the recorded poll waited in vain, and so does this one: its time is over at once.
            var inVain = request is WsmanRequest.Receive { CommandId: null }
                || (request is WsmanRequest.Receive { CommandId: { } polled } && !stopped && output.ContainsKey(polled) && started.Count == 1);
            if (inVain)
                _time.Advance(TimeSpan.FromSeconds(5));
            var answer = ResponseReader.Read(await (await reply).ReadAllAsync(default));
            stopped |= FaultyWire.IsStop(text);
            Assert.False(answer is WsmanResponse.Faulted { Fault.IsTimeout: false }, $"{answer}");
            if (answer is WsmanResponse.Received { Blocks: [{ Command: { } id }, ..] blocks })
            {
                output.TryAdd(id, []);
                output[id].AddRange(blocks.SelectMany(block => block.Content.ToArray()));
            }
        }

        Assert.Equal(2, started.Count);
        Assert.Equal([(int)PipelineState.Stopped, (int)PipelineState.Completed], started.Keys.Select(id => End(output[id], started[id])));
        Assert.Equal(0, server.ShellCount);
    }

    /// <summary>The recorded client did not read on after its stop; here it does, so that the end of the stopped command is seen.</summary>
    private static IEnumerable<string> Recorded()
    {
        var receive = string.Empty;
        foreach (var exchange in Exchanges.Recorded("stop-crtl_c"))
        {
            yield return exchange.Request;
            if (RequestReader.Read(Encoding.UTF8.GetBytes(exchange.Request)) is WsmanRequest.Receive)
                receive = exchange.Request;
            else if (FaultyWire.IsStop(exchange.Request))
                yield return receive.Replace("uuid:", "uuid:A", StringComparison.Ordinal);
        }
    }

    private static int End(List<byte> output, PipelineId expected)
    {
        var messages = new Defragmenter(PsrpLimits.Default).Receive(output.ToArray()).Select(PsrpMessage.Read).ToList();
        Assert.All(messages, message => Assert.Equal(expected, message.Pipeline));
        Assert.Equal(MessageType.PipelineState, messages[^1].Type);
        return (int)((PsObject)ClixmlReader.Read(messages[^1].Body)!)["PipelineState"]!;
    }

    private static async Task<PipelineResult> RunAsync(ServedPipeline pipeline, CancellationToken stopped)
    {
        pipeline.Output(pipeline.Command.Name);
        if (pipeline.Command["Mode"] is "Nap")
            await new TaskCompletionSource().Task.WaitAsync(stopped);
        return PipelineResult.Completed;
    }
}
