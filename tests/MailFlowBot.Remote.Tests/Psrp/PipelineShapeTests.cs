using System.Text;
using System.Text.Json;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>Pipes, statements, merged streams, and questions about runspaces.</summary>
public sealed class PipelineShapeTests
{
    private readonly JoinedRoles _joined = JoinedRoles.Opened();

    [Fact]
    public void Several_commands_form_a_pipe_and_several_pipes_are_statements()
    {
        var sent = new CreatePipeline([new PsCommand("Get-Queue", new PsParameter("Server", "EX01")), new PsCommand("Select-Object", new PsParameter("First", 5))])
        {
            Following = [[new PsCommand("Get-Mailbox")], [new PsCommand("Get-Service"), new PsCommand("Measure-Object")]],
        };

        var arrived = Arrived(sent);

        Assert.Equal(["Get-Queue", "Select-Object"], arrived.Commands.Select(command => command.Name));
        Assert.Equal(3, arrived.Statements);
        Assert.Equal([["Get-Mailbox"], ["Get-Service", "Measure-Object"]], arrived.Following.Select(pipe => pipe.Select(command => command.Name)));
        Assert.Equal(sent.Values, arrived.Values);
    }

    [Fact]
    public void Streams_are_merged_one_by_one_as_asked()
    {
        foreach (var merged in (MergedStreams[])[MergedStreams.None, MergedStreams.Error, MergedStreams.Warning | MergedStreams.Information, (MergedStreams)31])
            Assert.Equal(merged, Arrived(new CreatePipeline([new PsCommand("Get-Queue") { Merged = merged }])).Commands[0].Merged);
    }

    [Fact]
    public void A_merged_error_stream_is_told_in_the_way_of_2_1_as_well()
    {
        var body = new PsCommand("Get-Queue") { Merged = MergedStreams.Error }.ToObject();

        Assert.Equal("Error", ((PsObject)body["MergeMyResult"]!).Text);
        Assert.Equal("Output", ((PsObject)body["MergeToResult"]!).Text);
        Assert.Equal("Output", ((PsObject)body["MergeError"]!).Text);
        Assert.Equal("None", ((PsObject)body["MergeWarning"]!).Text);
        foreach (var stream in PsrpNames.MergeStreams)
            body.Extended[stream] = null;
        Assert.Equal(MergedStreams.Error, PsCommand.Read(body).Merged);
    }

    [SkippableTheory]
    [InlineData("test_psrp_run_protocol_version_2.1", (int)MergedStreams.Error)]
    [InlineData("test_psrp_run_protocol_version_2.3", (int)MergedStreams.Error)]
    public void Recorded_merges_are_read(string name, int merged)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(References.Path($"data/psrp/captures/wsman/{name}.json")));

        Assert.Contains(RecordedPipelines(json).SelectMany(pipeline => pipeline.Commands), command => command.Merged == (MergedStreams)merged);
    }

    [SkippableFact]
    public void Recorded_statements_are_read()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(References.Path("data/psrp/captures/wsman/test_psrp_multiple_commands.json")));

        var pipeline = Assert.Single(RecordedPipelines(json), pipeline => pipeline.Statements > 1);

        Assert.Equal("Set-Variable", pipeline.Commands[0].Name);
        Assert.Equal("ConvertTo-SecureString", pipeline.Following[1][0].Name);
        Assert.Equal("cmd.exe", pipeline.Following[4][0].Name);
        Assert.IsType<PsSecureString>(pipeline.Commands[0]["Value"]);
    }

    [Fact]
    public void Input_follows_when_the_request_says_so_and_the_pipe_may_begin_with_it()
    {
        var client = _joined.Client.CreatePipeline(new PipelineId(Guid.NewGuid()), new CreatePipeline([new PsCommand("Set-Queue")], NoInput: false));
        var server = _joined.Server.Accept();
        _joined.Client.Fragmenter.BlobSize = 50;

        var requests = client.Start().Concat(client.Input(new PsObject { Extended = { ["Identity"] = "EX01\\3" } })).Concat(client.EndInput())
            .SelectMany(part => server.Receive(part)).ToList();

        Assert.False(Assert.IsType<PipelineRequest.Run>(requests[0]).Pipeline.NoInput);
        Assert.Equal("EX01\\3", ((PsObject)Assert.IsType<PipelineRequest.InputReceived>(requests[1]).Value!)["Identity"]);
        Assert.IsType<PipelineRequest.InputEnded>(requests[2]);
    }

    [Fact]
    public void Questions_about_runspaces_get_their_own_answers_in_any_order()
    {
        ReadOnlyMemory<byte>[] questions =
        [
            _joined.Client.Runspaces.SetMaxRunspaces(3),
            _joined.Client.Runspaces.SetMinRunspaces(2),
            _joined.Client.Runspaces.GetAvailableRunspaces(),
            _joined.Client.Runspaces.ResetRunspaceState(),
        ];
        var asked = questions.SelectMany(question => _joined.Server.Receive(question)).Cast<PoolRequest.AvailabilityAsked>().ToList();

        Assert.Equal(
            [MessageType.SetMaxRunspaces, MessageType.SetMinRunspaces, MessageType.GetAvailableRunspaces, MessageType.ResetRunspaceState],
            asked.Select(question => question.Type));
        Assert.Equal(
            [
                new PoolEvent.RunspacesAnswered(1, IsDone: false, null),
                new PoolEvent.RunspacesAnswered(2, IsDone: false, null),
                new PoolEvent.RunspacesAnswered(3, IsDone: true, 1),
                new PoolEvent.RunspacesAnswered(4, IsDone: true, null),
            ],
            asked.SelectMany(question => _joined.Client.Receive(question.Answer)));
    }

    [Fact]
    public void An_answer_about_runspaces_that_nobody_asked_for_is_ignored_and_a_user_event_too()
    {
        var stranger = new RunspacePoolClient(_joined.Client.Id);
        stranger.Open();
        var outbox = new Outbox(new Fragmenter(), Destination.Client, stranger.Id, PipelineId.None);
        var body = new PsObject { Extended = { ["SetMinMaxRunspacesResponse"] = true, ["ci"] = 1L } };

        Assert.Equal([new PoolEvent.Ignored(MessageType.RunspaceAvailability)], stranger.Receive(outbox.Write(MessageType.RunspaceAvailability, body)));
        Assert.Equal([new PoolEvent.Ignored(MessageType.UserEvent)], stranger.Receive(outbox.Write(MessageType.UserEvent, new PsObject())));
    }

    private static IEnumerable<CreatePipeline> RecordedPipelines(JsonDocument json) => json.RootElement.GetProperty("psrp_messages").EnumerateArray()
        .Where(message => message.GetProperty("type").GetString() == "CREATE_PIPELINE")
        .Select(message => CreatePipeline.Read((PsObject)ClixmlReader.Read(Encoding.UTF8.GetBytes(message.GetProperty("clixml").GetString()!))!));

    private CreatePipeline Arrived(CreatePipeline sent)
    {
        var client = _joined.Client.CreatePipeline(new PipelineId(Guid.NewGuid()), sent);
        var server = _joined.Server.Accept();
        return Assert.IsType<PipelineRequest.Run>(Assert.Single(client.Start().SelectMany(part => server.Receive(part)))).Pipeline;
    }
}
