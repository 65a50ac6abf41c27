using System.Text.Json;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>A pool that is left and taken up again, by its own client or by another.</summary>
public sealed class ConnectTests
{
    private readonly JoinedRoles _first = JoinedRoles.Opened();

    [Fact]
    public void Another_client_takes_an_open_pool_over()
    {
        var second = new RunspacePoolClient(_first.Client.Id);

        var taken = _first.Server.Connect(second.Connect());
        var events = second.ReceiveConnectResponse(taken.Response);
        var about = Assert.Single(second.Receive(taken.Answer));

        Assert.Equal([new PoolEvent.Negotiated(SessionCapability.Ours), new PoolEvent.Connected(new RunspacePoolSize(1, 1))], events);
        Assert.Equal(new Version(5, 1, 14393), Assert.IsType<PoolEvent.PrivateDataReceived>(about).PrivateData.PowerShellVersion);
        Assert.Equal((RunspacePoolState.Opened, SessionCapability.Ours), (second.State, second.Server));
        Assert.Equal(new ConnectRunspacePool(), taken.Wish);
    }

    [Fact]
    public void The_new_client_says_what_size_it_wants_and_hears_the_one_there_is()
    {
        var joined = new JoinedRoles();
        joined.Server.Receive(joined.Client.Open(new InitRunspacePool(1, 3)));
        var second = new RunspacePoolClient(joined.Client.Id);

        var taken = joined.Server.Connect(second.Connect(new ConnectRunspacePool(2, 5)));

        Assert.Equal(new ConnectRunspacePool(2, 5), taken.Wish);
        Assert.Contains(new PoolEvent.Connected(new RunspacePoolSize(1, 3)), second.ReceiveConnectResponse(taken.Response));
    }

    [Fact]
    public void A_running_pipeline_goes_on_with_the_client_that_connected()
    {
        var (begun, server) = _first.Start();
        begun.Receive(server.Output("for the first"));
        var kept = server.Output("kept while nobody listened");
        var second = Taken();

        server.Connect();
        var resumed = second.ResumePipeline(begun.Id);
        var events = ((ReadOnlyMemory<byte>[])[kept, server.Output("new"), server.End(PipelineState.Completed)]).SelectMany(resumed.Receive).ToList();

        Assert.Equal(
            [
                new PipelineEvent.OutputReceived("kept while nobody listened"),
                new PipelineEvent.OutputReceived("new"),
                new PipelineEvent.Ended(PipelineState.Completed, null),
            ],
            events);
    }

    [Fact]
    public void The_new_client_counts_its_objects_anew_and_the_server_follows()
    {
        var (begun, server) = _first.Start();
        _first.Client.Fragmenter.BlobSize = 60;
        server.Receive(begun.Input("the first client's input, of which only the beginning arrived before it was lost")[0]);
        var second = Taken();
        server.Connect();

        var resumed = second.ResumePipeline(begun.Id);
        var answered = second.ResumePipeline(begun.Id).Receive(server.CallHost(new HostCall(7, 11, "ReadLine")));

        Assert.Equal([new PipelineRequest.InputReceived("second")], resumed.Input("second").SelectMany(fragment => server.Receive(fragment)));
        Assert.Single(server.ReceivePrompt(Assert.IsType<PipelineEvent.HostCallRefused>(answered[0]).Answer));
        Assert.Equal(begun.Id, server.Id);
    }

    [Fact]
    public void A_resumed_pipeline_is_not_started_again()
    {
        var (begun, _) = _first.Start();

        Assert.Throws<InvalidOperationException>(() => Taken().ResumePipeline(begun.Id).Start());
    }

    [Fact]
    public void New_pipelines_run_in_a_pool_that_was_taken_over()
    {
        var second = Taken();

        var client = second.CreatePipeline(new PipelineId(Guid.NewGuid()), new CreatePipeline([new PsCommand("Get-Queue")]));
        var server = _first.Server.Accept();

        Assert.IsType<PipelineRequest.Run>(Assert.Single(client.Start().SelectMany(fragment => server.Receive(fragment))));
        Assert.Equal([new PipelineEvent.OutputReceived(1)], client.Receive(server.Output(1)));
    }

    [Fact]
    public void A_pool_that_is_disconnected_takes_no_pipeline_until_it_is_reconnected()
    {
        _first.Client.Disconnect();
        Assert.Equal(RunspacePoolState.Disconnected, _first.Client.State);
        Assert.Equal(PsrpFault.OutOfOrder, Assert.Throws<PsrpException>(() => _first.Start()).Fault);

        _first.Client.Reconnect();

        var (client, server) = _first.Start();
        Assert.Single(client.Receive(server.Output(1)));
        Assert.Throws<InvalidOperationException>(_first.Client.Reconnect);
    }

    [Fact]
    public void A_client_that_connects_badly_leaves_the_pool_to_the_one_that_has_it()
    {
        var stranger = new RunspacePoolClient(new PoolId(Guid.NewGuid()));
        Assert.Equal(PsrpFault.BadMessage, Assert.Throws<PsrpException>(() => _first.Server.Connect(stranger.Connect())).Fault);
        Assert.Equal(PsrpFault.OutOfOrder, Assert.Throws<PsrpException>(() => _first.Server.Connect(new RunspacePoolClient(_first.Client.Id).Open())).Fault);
        Assert.Equal(PsrpFault.OutOfOrder, Assert.Throws<PsrpException>(() => _first.Server.Connect(default)).Fault);
        Assert.Equal(PsrpFault.Truncated, Assert.Throws<PsrpException>(() => _first.Server.Connect(Cut(new RunspacePoolClient(_first.Client.Id).Connect(), more: 5))).Fault);

        var (client, server) = _first.Start();

        Assert.Single(client.Receive(server.Output(1)));
    }

    [Fact]
    public void A_pool_that_never_opened_is_not_connected_to()
    {
        var closed = new JoinedRoles();

        Assert.Equal(PsrpFault.OutOfOrder, Assert.Throws<PsrpException>(() => closed.Server.Connect(closed.Client.Connect())).Fault);
    }

    [Theory]
    [InlineData("2.0")]
    [InlineData("3.0")]
    public void A_server_of_another_version_is_refused_on_connecting_too(string protocol)
    {
        var second = new RunspacePoolClient(_first.Client.Id);
        second.Connect();
        var capability = SessionCapability.Ours with { Protocol = new Version(protocol) };
        var response = new Outbox(new Fragmenter(), Destination.Client, second.Id, PipelineId.None).Write(MessageType.SessionCapability, capability.ToObject());

        Assert.Equal(PsrpFault.VersionMismatch, Assert.Throws<PsrpException>(() => second.ReceiveConnectResponse(response)).Fault);
        Assert.Equal(RunspacePoolState.Broken, second.State);
    }

    [Fact]
    public void A_response_without_the_size_of_the_pool_or_cut_short_is_refused()
    {
        foreach (var keep in (int[])[0, 30, 200])
        {
            var second = new RunspacePoolClient(_first.Client.Id);
            var response = _first.Server.Connect(second.Connect()).Response;

            Assert.Contains(
                Assert.Throws<PsrpException>(() => second.ReceiveConnectResponse(response[..keep])).Fault, (PsrpFault[])[PsrpFault.Truncated, PsrpFault.OutOfOrder]);
            Assert.Equal(RunspacePoolState.Broken, second.State);
        }
    }

    [SkippableFact]
    public void A_recorded_Windows_server_is_connected_to_and_its_pipeline_resumed()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(References.Path("data/psrp/captures/wsman/test_psrp_disconnected_commands.json")));
        var messages = json.RootElement.GetProperty("psrp_messages").EnumerateArray()
            .Where(message => message.GetProperty("direction").GetString() == "server")
            .ToLookup(message => message.GetProperty("exchange").GetInt32());
        var pool = new RunspacePoolClient(new PoolId(messages[13].Last().GetProperty("rpid").GetGuid()));
        pool.Connect();

        var events = pool.ReceiveConnectResponse(Wire(messages[13]));
        var about = pool.Receive(Wire(messages[14]));
        var resumed = pool.ResumePipeline(new PipelineId(messages[16].First().GetProperty("pid").GetGuid()));
        var seen = resumed.Receive(Wire(messages[16])).Concat(resumed.Receive(Wire(messages[17]))).ToList();

        Assert.Equal(["Negotiated", "Connected"], events.Select(happened => happened.GetType().Name));
        Assert.IsType<PoolEvent.PrivateDataReceived>(Assert.Single(about));
        Assert.Equal(["ProgressReceived", "OutputReceived", "OutputReceived", "Ended"], seen.Select(happened => happened.GetType().Name));
        Assert.Equal([new PipelineEvent.OutputReceived("a"), new PipelineEvent.OutputReceived("b")], seen.Skip(1).Take(2));
    }

    private RunspacePoolClient Taken()
    {
        var second = new RunspacePoolClient(_first.Client.Id);
        var taken = _first.Server.Connect(second.Connect());
        second.ReceiveConnectResponse(taken.Response);
        second.Receive(taken.Answer);
        return second;
    }

    // The bytes and the beginning of a further fragment.
    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> whole, int more) => (byte[])[.. whole.Span, .. new byte[more]];

    private static byte[] Wire(IEnumerable<JsonElement> messages) =>
    [
        .. messages.SelectMany(message =>
        {
            var bytes = new PsrpMessage(
                Destination.Client,
                (MessageType)message.GetProperty("type_id").GetUInt32(),
                new PoolId(message.GetProperty("rpid").GetGuid()),
                new PipelineId(message.GetProperty("pid").GetGuid()),
                System.Text.Encoding.UTF8.GetBytes(message.GetProperty("clixml").GetString()!)).Write();
            var header = new byte[FragmentHeader.Size];
            new FragmentHeader(message.GetProperty("object_id").GetUInt64(), 0, Start: true, End: true, (uint)bytes.Length).Write(header);
            return header.Concat(bytes);
        }),
    ];
}
