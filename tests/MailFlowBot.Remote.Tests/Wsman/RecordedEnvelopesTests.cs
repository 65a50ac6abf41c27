using System.Text;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>HTTP bodies recorded between another client and a bridge to a real engine.</summary>
public sealed class RecordedEnvelopesTests
{
    [Theory]
    [InlineData("open-close")]
    [InlineData("stop-crtl_c")]
    [InlineData("receive-timeout-keepalive")]
    [InlineData("host-process-crash")]
    [InlineData("pipeline-input")]
    public void Our_server_takes_the_recorded_requests_step_by_step(string name) => Check(name);

    [SkippableTheory]
    [InlineData("errors")]
    [InlineData("large")]
    [InlineData("query-and-fix")]
    public void Our_server_takes_long_recorded_requests_step_by_step(string name) => Check(name);

    [Fact]
    public void The_recorded_stop_is_understood_as_a_stop()
    {
        var server = Server();

        var steps = Exchanges.Recorded("stop-crtl_c").Select(exchange => server.Receive(Encoding.UTF8.GetBytes(exchange.Request))).ToList();

        Assert.Single(steps.OfType<ShellStep.StopRequested>());
        Assert.Equal(2, steps.OfType<ShellStep.CommandRequested>().Count());
        Assert.IsType<ShellStep.ShellDeleted>(steps[^1]);
    }

    [Fact]
    public void The_recorded_crash_is_read_as_faults()
    {
        var faults = Exchanges.Recorded("host-process-crash")
            .Select(exchange => ResponseReader.Read(Encoding.UTF8.GetBytes(exchange.Response)))
            .OfType<WsmanResponse.Faulted>()
            .Select(faulted => faulted.Fault.Code);

        Assert.Equal([WsmanFaultCode.ProviderFailed, WsmanFaultCode.InvalidSelectors, WsmanFaultCode.InvalidSelectors], faults);
    }

    [SkippableFact]
    public void A_captured_client_disconnects_lists_takes_over_and_reconnects_at_our_server()
    {
        var server = Server("Microsoft.PowerShell");
        var kinds = new List<string>();
        foreach (var exchange in Exchanges.Of(Exchanges.Capture("psrp_disconnected_commands")).Where(exchange => exchange.Request.Length > 0))
        {
            var step = server.Receive(Encoding.UTF8.GetBytes(exchange.Request));
            kinds.Add(step.GetType().Name);
            if (step is ShellStep.ConnectRequested connect)
                Assert.False(server.Connect(connect, new byte[] { 1 }).IsFault);
            else if (step is ShellStep.Answered answered)
                Assert.False(answered.Answer.IsFault, Encoding.UTF8.GetString(answered.Answer.Envelope.Span));
        }

        Assert.Equal(2, kinds.Count(kind => kind == nameof(ShellStep.ShellDisconnected)));
        Assert.Equal(2, kinds.Count(kind => kind == nameof(ShellStep.ConnectRequested)));
        Assert.Equal(2, kinds.Count(kind => kind == nameof(ShellStep.CommandConnected)));
        Assert.Equal(5, kinds.Count(kind => kind == nameof(ShellStep.Answered)));
        Assert.Empty(server.Shells);
    }

    private static void Check(string name)
    {
        var exchanges = Exchanges.Recorded(name);
        var resource = RequestReader.Read(Encoding.UTF8.GetBytes(exchanges[0].Request)).Header.ResourceUri;
        var server = Server(resource[WsmanNames.PowerShellResource.Length..]);
        var pools = new Dictionary<ShellId, RunspacePoolServer>();
        var pipelines = new Dictionary<CommandId, PipelineServer>();
        foreach (var exchange in exchanges)
        {
            switch (server.Receive(Encoding.UTF8.GetBytes(exchange.Request)))
            {
                case ShellStep.ShellRequested created:
                    pools[created.Shell] = new RunspacePoolServer(new ApplicationPrivateData(new Version(5, 1)));
                    Assert.Equal(["Negotiated", "Opened"], pools[created.Shell].Receive(created.CreationXml).Select(request => request.GetType().Name));
                    break;
                case ShellStep.CommandRequested started:
                    pipelines[started.Command] = pools[started.Shell].Accept();
                    var requests = pipelines[started.Command].Receive(started.Arguments);
                    Assert.All(requests, request => Assert.IsType<PipelineRequest.Run>(request));
                    break;
                case ShellStep.InputReceived { Command: { } command } input:
                    pipelines[command].Receive(input.Content);
                    break;
                case ShellStep.Polling polling:
                    // The bridge's answer decides what we say, so that the conversation goes on as recorded.
                    var answered = ResponseReader.Read(Encoding.UTF8.GetBytes(exchange.Response));
                    if (answered is WsmanResponse.Received received)
                        received.Blocks.ToList().ForEach(block => server.Enqueue(polling.Ticket.Shell, block.Command, block.Content));
                    Same(answered, ResponseReader.Read(server.TimeOut(polling.Ticket).Envelope));
                    break;
                case ShellStep.StopRequested or ShellStep.CommandClosed or ShellStep.ShellDeleted:
                    break;
                case var step:
                    Assert.Fail($"{step.GetType().Name} in answer to {exchange.Request}");
                    break;
            }
        }

        Assert.All(pipelines.Values, pipeline => Assert.Equal(PipelineState.Running, pipeline.State));
    }

    private static void Same(WsmanResponse recorded, WsmanResponse ours)
    {
        if (recorded is WsmanResponse.Received { Blocks: { Count: > 0 } blocks })
        {
            Assert.Equal(
                blocks.SelectMany(block => block.Content.ToArray()),
                Assert.IsType<WsmanResponse.Received>(ours).Blocks.SelectMany(block => block.Content.ToArray()));
        }
        else
        {
            Assert.True(Assert.IsType<WsmanResponse.Faulted>(ours).Fault.IsTimeout);
        }
    }

    private static ServerAtRest Server(string configuration = "Microsoft.Exchange") =>
        new(new ShellServerOptions(configuration));
}
