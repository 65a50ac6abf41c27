using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>Our client's machines and our server's, joined without anything between.</summary>
public sealed class TwoRolesTests
{
    private readonly RunspacePoolClient _client = new(new PoolId(Guid.NewGuid()));
    private readonly RunspacePoolServer _server = new(new ApplicationPrivateData(new Version(5, 1, 14393)));

    [Fact]
    public void A_pool_opens_by_capability_private_data_and_state()
    {
        var asked = _server.Receive(_client.Open());

        Assert.Equal(["Negotiated", "Opened"], asked.Select(request => request.GetType().Name));
        var told = asked.SelectMany(request => _client.Receive(Answer(request))).ToList();
        Assert.Equal(SessionCapability.Ours, Assert.IsType<PoolEvent.Negotiated>(told[0]).Server);
        Assert.Equal(new Version(5, 1, 14393), Assert.IsType<PoolEvent.PrivateDataReceived>(told[1]).PrivateData.PowerShellVersion);
        Assert.IsType<PoolEvent.Opened>(told[2]);
        Assert.Equal(RunspacePoolState.Opened, _client.State);
        Assert.Equal(RunspacePoolState.Opened, _server.State);
    }

    [Fact]
    public void A_command_arrives_as_it_was_written()
    {
        var (client, server) = Pipeline(new CreatePipeline(
            [new PsCommand("Get-Queue", new PsParameter("Server", "EX01"), new PsParameter(null, 5), new PsParameter("Verbose"))], NoInput: false));

        var run = Assert.IsType<PipelineRequest.Run>(Assert.Single(client.Start().SelectMany(fragment => server.Receive(fragment))));

        var command = Assert.Single(run.Pipeline.Commands);
        Assert.Equal("Get-Queue", command.Name);
        Assert.False(command.IsScript);
        Assert.False(run.Pipeline.NoInput);
        Assert.Equal([new PsParameter("Server", "EX01"), new PsParameter(null, 5), new PsParameter("Verbose")], command.Parameters);
    }

    [Fact]
    public void Input_arrives_in_order_with_its_end()
    {
        var (client, server) = Started();

        var requests = ((IReadOnlyList<ReadOnlyMemory<byte>>)[.. client.Input("a"), .. client.Input(null), .. client.EndInput()])
            .SelectMany(fragment => server.Receive(fragment)).ToList();

        Assert.Equal([new PipelineRequest.InputReceived("a"), new PipelineRequest.InputReceived(null), new PipelineRequest.InputEnded()], requests);
    }

    [Fact]
    public void Every_stream_arrives_as_its_event()
    {
        var (client, server) = Started();
        var error = ErrorRecord.Of(ErrorCategory.PermissionDenied, "Denied,Get-Queue", "System.UnauthorizedAccessException", "no", "EX01", "Get-Queue");

        List<PipelineEvent> events =
        [
            .. client.Receive(server.Output(42)),
            .. client.Receive(server.Error(error)),
            .. client.Receive(server.Warning("w")),
            .. client.Receive(server.Verbose("v")),
            .. client.Receive(server.Debug("d")),
            .. client.Receive(server.Progress(new ProgressRecord("a", 1, "s", "op", 0, 50, 9, IsCompleted: true))),
            .. client.Receive(server.Information(new InformationRecord("i", "source", ["t1", "t2"]))),
            .. client.Receive(server.End(PipelineState.Completed)),
        ];

        Assert.Equal(new PipelineEvent.OutputReceived(42), events[0]);
        var received = Assert.IsType<PipelineEvent.ErrorReceived>(events[1]).Error;
        Assert.Equal(error with { ExceptionTypes = received.ExceptionTypes }, received);
        Assert.Equal(error.ExceptionTypes, received.ExceptionTypes);
        Assert.Equal(new PipelineEvent.WarningReceived(new InformationalRecord("w")), events[2]);
        Assert.Equal(new PipelineEvent.VerboseReceived(new InformationalRecord("v")), events[3]);
        Assert.Equal(new PipelineEvent.DebugReceived(new InformationalRecord("d")), events[4]);
        Assert.Equal(new PipelineEvent.ProgressReceived(new ProgressRecord("a", 1, "s", "op", 0, 50, 9, IsCompleted: true)), events[5]);
        var information = Assert.IsType<PipelineEvent.InformationReceived>(events[6]).Record;
        Assert.Equal("i", information.Text);
        Assert.Equal(["t1", "t2"], information.Tags);
        Assert.Equal(new PipelineEvent.Ended(PipelineState.Completed, null), events[7]);
        Assert.True(client.IsEnded);
    }

    [Fact]
    public void What_came_before_a_fault_in_the_same_block_is_seen_by_who_asks_one_by_one()
    {
        var (client, server) = Started();
        byte[] block = [.. server.Output("good").Span, .. server.End(PipelineState.Completed).Span, .. new byte[FragmentHeader.Size]];

        client.Feed(block);

        Assert.Equal(new PipelineEvent.OutputReceived("good"), client.Next());
        Assert.Equal(new PipelineEvent.Ended(PipelineState.Completed, null), client.Next());
        Assert.Equal(PsrpFault.BadFragment, Assert.Throws<PsrpException>(client.Next).Fault);
        Assert.Equal(PipelineState.Completed, client.State);
        Assert.Throws<PsrpException>(() => client.Feed(block));
    }

    [Fact]
    public void A_block_is_fed_when_the_one_before_was_read()
    {
        var (client, server) = Started();
        client.Feed(server.Output(1));

        Assert.Throws<InvalidOperationException>(() => client.Feed(server.Output(2)));
        Assert.NotNull(client.Next());
        Assert.Null(client.Next());
        Assert.Null(client.Next());
        client.Feed(server.Output(3));
        Assert.Equal(new PipelineEvent.OutputReceived(3), client.Next());
    }

    [Fact]
    public void A_pool_may_be_cut_anywhere_from_its_negotiation_to_its_end()
    {
        var pair = PoolKeys.NewPair();
        List<byte> opening = [.. _server.Receive(_client.Open()).SelectMany(request => Answer(request).ToArray())];
        _client.Receive(opening.ToArray());
        opening.AddRange(_server.RequestKey().Span);
        foreach (var fragment in _client.OfferKey(pair))
            _server.Receive(fragment);
        byte[] rest = [.. _server.GiveKey(PoolKeys.NewSessionKey()).Span, .. _server.Change(RunspacePoolState.Closed).Span];

        foreach (var parts in Cuts.InTwo([.. opening]).Append([.. Cuts.ByteByByte([.. opening])]))
        {
            var client = new RunspacePoolClient(_client.Id);
            client.Open();
            Assert.Equal(
                ["Negotiated", "PrivateDataReceived", "Opened", "KeyRequested"], parts.SelectMany(client.Receive).Select(happened => happened.GetType().Name));
        }

        foreach (var parts in Cuts.InTwo(rest).Where((_, at) => at % 7 == 0).Append([.. Cuts.ByteByByte(rest)]))
        {
            var client = new RunspacePoolClient(_client.Id);
            client.Open();
            client.Receive(opening.ToArray());
            client.OfferKey(pair);
            Assert.Equal(["KeyReceived", "Closed"], parts.SelectMany(client.Receive).Select(happened => happened.GetType().Name));
        }
    }

    [Theory]
    [InlineData((int)PipelineState.Failed)]
    [InlineData((int)PipelineState.Stopped)]
    public void A_terminating_error_comes_with_the_state(int state)
    {
        var (client, server) = Started();
        client.Stop();

        var events = client.Receive(server.End((PipelineState)state, ErrorRecord.Of(ErrorCategory.NotSpecified, "Id", "Contoso.E", "why")));

        var ended = Assert.IsType<PipelineEvent.Ended>(Assert.Single(events));
        Assert.Equal((PipelineState)state, ended.State);
        Assert.Equal("Id", ended.Reason?.FullyQualifiedErrorId);
        Assert.Equal("why", ended.Reason?.Message);
    }

    [Fact]
    public void What_comes_after_the_end_is_ignored_with_an_event()
    {
        var (client, server) = Started();
        client.Receive(server.End(PipelineState.Completed));

        Assert.Equal([new PipelineEvent.Ignored(MessageType.PipelineOutput)], client.Receive(server.Output("late")));
        Assert.Equal(PipelineState.Completed, client.State);
    }

    [Fact]
    public void A_host_call_is_answered_by_an_error_unless_it_wants_no_answer()
    {
        var (client, server) = Started();

        var asked = Assert.IsType<PipelineEvent.HostCallRefused>(Assert.Single(client.Receive(server.CallHost(new HostCall(7, 11, "ReadLine"), "prompt"))));
        var silent = Assert.IsType<PipelineEvent.HostCallRefused>(Assert.Single(client.Receive(server.CallHost(new HostCall(-100, 15, "WriteLine"), "text"))));

        var answer = Assert.IsType<PipelineRequest.HostAnswered>(Assert.Single(server.ReceivePrompt(asked.Answer))).Response;
        Assert.Equal((7, 11), (answer.CallId, answer.MethodId));
        Assert.Contains("ReadLine", answer.Error?.Message, StringComparison.Ordinal);
        Assert.True(silent.Answer.IsEmpty);
    }

    [Fact]
    public void A_host_call_of_the_pool_is_answered_too()
    {
        Open();

        var asked = Assert.IsType<PoolEvent.HostCallRefused>(Assert.Single(_client.Receive(_server.CallHost(new HostCall(3, 26, "PromptForChoice")))));

        var answer = Assert.IsType<PoolRequest.HostAnswered>(Assert.Single(_server.ReceivePrompt(asked.Answer))).Response;
        Assert.NotNull(answer.Error);
    }

    [Fact]
    public void Answers_on_their_own_stream_may_come_between_the_fragments_of_input()
    {
        var (client, server) = Started();
        _client.Fragmenter.BlobSize = 100;
        var input = client.Input(new string('x', 500));
        Assert.Empty(server.Receive(input[0]));

        var asked = (PipelineEvent.HostCallRefused)client.Receive(server.CallHost(new HostCall(7, 11, "ReadLine")))[0];
        Assert.Single(server.ReceivePrompt(asked.Answer));

        Assert.Single(input.Skip(1).SelectMany(fragment => server.Receive(fragment)));
    }

    [Fact]
    public void Metadata_of_commands_is_asked_and_answered()
    {
        Open();
        var client = _client.GetCommandMetadata(new PipelineId(Guid.NewGuid()), new GetCommandMetadata(["Get-*"]));
        var server = _server.Accept();

        var query = Assert.IsType<PipelineRequest.Metadata>(Assert.Single(client.Start().SelectMany(fragment => server.Receive(fragment)))).Query;
        Assert.Equal(["Get-*"], query.Names);
        var outputs = client.Receive(server.Output(CommandMetadata.Count(1)))
            .Concat(client.Receive(server.Output(new CommandMetadata("Get-Queue", ["Server", "Identity"]).ToObject())))
            .Cast<PipelineEvent.OutputReceived>().Select(output => CommandMetadata.Read(output.Value)).ToList();

        Assert.Null(outputs[0]);
        Assert.Equal("Get-Queue", outputs[1]?.Name);
        Assert.Equal(["Server", "Identity"], outputs[1]?.Parameters);
    }

    [Theory]
    [InlineData((int)MessageType.SetMaxRunspaces, false)]
    [InlineData((int)MessageType.ResetRunspaceState, true)]
    [InlineData((int)MessageType.GetAvailableRunspaces, 1)]
    public void A_question_about_runspaces_gets_its_answer(int type, object expected)
    {
        Open();
        var question = new Fragmenter().Cut(new PsrpMessage(
            Destination.Server, (MessageType)type, _client.Id, PipelineId.None, ClixmlWriter.Write(new PsObject { Extended = { ["CI"] = 7L } })).Write());

        // The pool's stream has seen objects 1 and 2.
        var bytes = question[0].ToArray();
        bytes[7] = 9;
        var asked = Assert.IsType<PoolRequest.AvailabilityAsked>(Assert.Single(_server.Receive(bytes)));

        var answer = (PsObject)ClixmlReader.Read(PsrpMessage.Read(new Defragmenter(PsrpLimits.Default).Receive(asked.Answer.Span)[0]).Body)!;
        Assert.Equal(expected, answer["SetMinMaxRunspacesResponse"]);
        Assert.Equal(7L, answer["ci"]);
    }

    [Theory]
    [InlineData((int)RunspacePoolState.Closing, "Closing")]
    [InlineData((int)RunspacePoolState.Closed, "Closed")]
    [InlineData((int)RunspacePoolState.Broken, "Broken")]
    public void The_client_is_told_of_the_end_of_the_pool(int state, string expected)
    {
        Open();

        var told = Assert.Single(_client.Receive(_server.Change((RunspacePoolState)state)));

        Assert.Equal(expected, told.GetType().Name);
        Assert.Equal((RunspacePoolState)state, _client.State);
    }

    [Theory]
    [InlineData("3.0", "2.0", "1.1.0.1")]
    [InlineData("2.0", "2.0", "1.1.0.1")]
    [InlineData("2.3", "1.0", "1.1.0.1")]
    [InlineData("2.3", "2.0", "1.0.0.0")]
    public void The_client_refuses_a_server_of_other_versions(string protocol, string powerShell, string serialization)
    {
        _client.Open();
        var capability = new SessionCapability(new Version(protocol), new Version(powerShell), new Version(serialization));

        var refused = Assert.Throws<PsrpException>(() => _client.Receive(FromServer(MessageType.SessionCapability, capability.ToObject())));

        Assert.Equal(PsrpFault.VersionMismatch, refused.Fault);
        Assert.Equal(RunspacePoolState.Broken, _client.State);
        Assert.Throws<PsrpException>(() => _client.Receive(FromServer(MessageType.SessionCapability, SessionCapability.Ours.ToObject())));
    }

    [Fact]
    public void The_client_refuses_a_pool_that_opens_before_it_was_negotiated()
    {
        _client.Open();

        var refused = Assert.Throws<PsrpException>(
            () => _client.Receive(FromServer(MessageType.RunspacePoolState, new RunspacePoolStateChange(RunspacePoolState.Opened).ToObject())));

        Assert.Equal(PsrpFault.OutOfOrder, refused.Fault);
    }

    [Fact]
    public void A_pipeline_is_neither_made_nor_taken_before_the_pool_is_open()
    {
        Assert.Throws<InvalidOperationException>(() => _client.CreatePipeline(new PipelineId(Guid.NewGuid()), new CreatePipeline([new PsCommand("X")])));
        Assert.Equal(PsrpFault.OutOfOrder, Assert.Throws<PsrpException>(() => _server.Accept()).Fault);
    }

    [Fact]
    public void A_message_for_another_pool_pipeline_or_side_is_refused()
    {
        var (client, _) = Started();
        var id = client.Id;
        PsrpMessage[] strangers =
        [
            new(Destination.Client, MessageType.PipelineOutput, new PoolId(Guid.NewGuid()), id, default),
            new(Destination.Client, MessageType.PipelineOutput, _client.Id, new PipelineId(Guid.NewGuid()), default),
            new(Destination.Server, MessageType.PipelineOutput, _client.Id, id, default),
            new((Destination)3, MessageType.PipelineOutput, _client.Id, id, default),
        ];

        foreach (var stranger in strangers)
        {
            var (victim, _) = Pipeline(new CreatePipeline([new PsCommand("X")]), id);
            victim.Start();
            Assert.Equal(PsrpFault.BadMessage, Assert.Throws<PsrpException>(() => victim.Receive(new Fragmenter().Cut(stranger.Write())[0])).Fault);
        }
    }

    [Fact]
    public void A_message_of_an_unknown_type_is_ignored_with_an_event()
    {
        Open();

        Assert.Equal([new PoolEvent.Ignored((MessageType)0x00029999)], _client.Receive(FromServer((MessageType)0x00029999, null, 99)));
    }

    [Theory]
    [InlineData("<Obj RefId=\"0\"><MS><S N=\"PipelineState\">four</S></MS></Obj>")]
    [InlineData("<Obj RefId=\"0\"><MS /></Obj>")]
    [InlineData("<S>4</S>")]
    [InlineData("<Obj RefId=\"0\"><MS>")]
    [InlineData("")]
    public void A_state_without_a_state_is_refused(string body)
    {
        var (client, _) = Started();
        var message = new PsrpMessage(Destination.Client, MessageType.PipelineState, _client.Id, client.Id, System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal(PsrpFault.BadBody, Assert.Throws<PsrpException>(() => client.Receive(new Fragmenter().Cut(message.Write())[0])).Fault);
    }

    private (PipelineClient Client, PipelineServer Server) Started()
    {
        var pair = Pipeline(new CreatePipeline([new PsCommand("Get-Queue")]));
        Assert.Single(pair.Client.Start().SelectMany(fragment => pair.Server.Receive(fragment)));
        return pair;
    }

    private (PipelineClient Client, PipelineServer Server) Pipeline(CreatePipeline request, PipelineId? id = null)
    {
        if (_client.State == RunspacePoolState.BeforeOpen)
            Open();
        return (_client.CreatePipeline(id ?? new PipelineId(Guid.NewGuid()), request), _server.Accept());
    }

    private void Open()
    {
        foreach (var request in _server.Receive(_client.Open()))
            _client.Receive(Answer(request));
    }

    private static ReadOnlyMemory<byte> Answer(PoolRequest request) => request switch
    {
        PoolRequest.Negotiated negotiated => negotiated.Answer,
        PoolRequest.Opened opened => opened.Answer,
        _ => default,
    };

    private ReadOnlyMemory<byte> FromServer(MessageType type, object? body, byte objectId = 1)
    {
        var bytes = new Fragmenter().Cut(new PsrpMessage(Destination.Client, type, _client.Id, PipelineId.None, ClixmlWriter.Write(body)).Write())[0].ToArray();
        bytes[7] = objectId;
        return bytes;
    }
}
