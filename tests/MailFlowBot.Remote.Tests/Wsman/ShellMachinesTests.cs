using System.Text;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Our client's shell machine and our server's, joined without anything between.</summary>
public sealed class ShellMachinesTests
{
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    private readonly ServerAtRest _server = new(new ShellServerOptions(MaxShells: 2, MaxCommandsPerShell: 2));
    private readonly ShellClient _client = Client();
    private readonly CommandId _command = new(Guid.NewGuid());

    [Fact]
    public void A_shell_is_created_with_the_bytes_of_the_client_and_named_by_the_server()
    {
        var request = _client.Create(Guid.NewGuid(), Payload);

        var step = Assert.IsType<ShellStep.ShellRequested>(_server.Receive(request.Envelope));

        Assert.Equal(Payload, step.CreationXml.ToArray());
        var created = Assert.IsType<WsmanResponse.Created>(_client.Accept(request, step.Answer.Envelope));
        Assert.Equal(step.Shell, created.Shell.Id);
        Assert.Equal(200, step.Answer.HttpStatus);
        Assert.Equal("http://schemas.microsoft.com/powershell/Microsoft.Exchange", created.Shell.ResourceUri);
        Assert.Equal(TimeSpan.FromMinutes(15), created.Shell.IdleTimeOut);
    }

    [Fact]
    public void A_command_carries_its_fragments_and_gives_its_output_up_to_Done()
    {
        var shell = Open();
        Assert.Equal(Payload, Start().Arguments.ToArray());
        _server.Enqueue(shell, _command, new byte[] { 1, 2 });
        _server.Enqueue(shell, _command, new byte[] { 3 });

        var first = Receive(_command);
        _server.Finish(shell, _command);
        var second = Receive(_command);

        Assert.Equal([1, 2, 3], first.Blocks.SelectMany(block => block.Content.ToArray()));
        Assert.False(first.State?.IsDone);
        Assert.True(second.State?.IsDone);
        Assert.Empty(second.Blocks);
    }

    [Fact]
    public void Output_of_the_shell_and_of_its_commands_stays_apart()
    {
        var shell = Open();
        Start();
        _server.Enqueue(shell, null, new byte[] { 1 });
        _server.Enqueue(shell, _command, new byte[] { 2 });

        Assert.Equal([1], Receive(null).Blocks.Single().Content.ToArray());
        Assert.Equal([2], Receive(_command).Blocks.Single().Content.ToArray());
    }

    [Fact]
    public void A_receive_without_output_waits_and_then_times_out_with_the_fault_that_means_poll_again()
    {
        Open();
        var request = _client.Receive(null);

        var ticket = Assert.IsType<ShellStep.Polling>(_server.Receive(request.Envelope)).Ticket;

        Assert.Equal(TimeSpan.FromSeconds(20), ticket.Timeout);
        Assert.Null(_server.Poll(ticket));
        var answer = _server.TimeOut(ticket);
        Assert.Equal(500, answer.HttpStatus);
        var fault = Assert.IsType<WsmanResponse.Faulted>(_client.Accept(request, answer.Envelope)).Fault;
        Assert.True(fault.IsTimeout);
        Assert.Equal(2150858793u, fault.RawCode);
    }

    [Fact]
    public void A_lost_answer_is_given_again_to_the_same_message_id_and_to_no_other()
    {
        var shell = Open();
        _server.Enqueue(shell, null, Payload);
        var request = _client.Receive(null);
        var lost = _server.Poll(Assert.IsType<ShellStep.Polling>(_server.Receive(request.Envelope)).Ticket)!;

        var again = Assert.IsType<ShellStep.Answered>(_server.Receive(request.Envelope)).Answer;

        Assert.Equal(lost.Envelope.ToArray(), again.Envelope.ToArray());
        Assert.IsType<ShellStep.Polling>(_server.Receive(_client.Receive(null).Envelope));
    }

    [Fact]
    public void A_newer_receive_takes_the_place_of_one_that_waits()
    {
        var shell = Open();
        var old = _client.Receive(null);
        var oldTicket = Assert.IsType<ShellStep.Polling>(_server.Receive(old.Envelope)).Ticket;
        var newer = Assert.IsType<ShellStep.Polling>(_server.Receive(_client.Receive(null).Envelope)).Ticket;
        _server.Enqueue(shell, null, Payload);

        var aborted = Assert.IsType<WsmanResponse.Faulted>(_client.Accept(old, _server.Poll(oldTicket)!.Envelope));

        Assert.Equal(WsmanFaultCode.OperationAborted, aborted.Fault.Code);
        Assert.False(_server.Poll(newer)!.IsFault);
    }

    [Fact]
    public void Only_the_exact_stop_code_stops_and_every_other_code_closes()
    {
        Open();
        Start();

        Assert.IsType<ShellStep.StopRequested>(_server.Receive(_client.Stop(_command).Envelope));
        var spelt = Encoding.UTF8.GetString(_client.Stop(_command).Envelope.Span).Replace("crtl_c", "ctrl_c", StringComparison.Ordinal);
        Assert.IsType<ShellStep.CommandClosed>(_server.Receive(Encoding.UTF8.GetBytes(spelt)));
        Refused(WsmanFaultCode.InvalidSelectors, _client.Stop(_command));
    }

    [Fact]
    public void Terminate_frees_the_command()
    {
        var shell = Open();
        Start();
        Assert.Equal(1, _server.CommandCount(shell));

        Assert.IsType<ShellStep.CommandClosed>(_server.Receive(_client.Terminate(_command).Envelope));

        Assert.Equal(0, _server.CommandCount(shell));
        Refused(WsmanFaultCode.InvalidSelectors, _client.Receive(_command));
    }

    [Fact]
    public void A_deleted_shell_is_unknown_and_ends_what_waits()
    {
        Open();
        var waiting = Assert.IsType<ShellStep.Polling>(_server.Receive(_client.Receive(null).Envelope)).Ticket;

        var deleted = Assert.IsType<ShellStep.ShellDeleted>(_server.Receive(_client.Delete().Envelope));

        Assert.False(deleted.Answer.IsFault);
        Assert.True(_server.Poll(waiting)!.IsFault);
        Refused(WsmanFaultCode.InvalidSelectors, _client.Delete());
        Refused(WsmanFaultCode.InvalidSelectors, _client.Receive(null));
        Refused(WsmanFaultCode.InvalidSelectors, _client.Command(_command, Payload));
    }

    [Fact]
    public void Quotas_and_repetitions_are_faults()
    {
        Open();
        Start();
        Refused(WsmanFaultCode.AlreadyExists, _client.Command(_command, Payload));
        _server.Receive(_client.Command(new CommandId(Guid.NewGuid()), Payload).Envelope);
        var full = Refused(WsmanFaultCode.MaxCommandsPerShell, _client.Command(new CommandId(Guid.NewGuid()), Payload));
        Assert.True(full.IsQuota);

        var id = Guid.NewGuid();
        Assert.IsType<ShellStep.ShellRequested>(_server.Receive(Client().Create(id, Payload).Envelope));
        Refused(WsmanFaultCode.AlreadyExists, Client().Create(id, Payload));
        Assert.True(Refused(WsmanFaultCode.MaxShellsPerUser, Client().Create(Guid.NewGuid(), Payload)).IsQuota);
    }

    [Fact]
    public void Wrong_streams_configurations_and_versions_are_faults()
    {
        Open();
        Refused(WsmanFaultCode.PluginBadInputStream, _client.Send("stdout", null, Payload));
        Refused(WsmanFaultCode.PluginBadOutputStream, _client.Receive(null), "stdout<", "stderr<");
        Refused(WsmanFaultCode.ActionNotSupported, _client.Delete(), "transfer/Delete", "transfer/Put");
        Refused(WsmanFaultCode.ResourceUnknown, new ShellClient(new ShellOptions("http://x/", "Contoso.Other"), Guid.NewGuid).Create(Guid.NewGuid(), Payload));
        Refused(WsmanFaultCode.PluginProtocolVersionMissing, Client().Create(Guid.NewGuid(), Payload), "\"protocolversion\"", "\"other\"");
        Refused(WsmanFaultCode.PluginProtocolVersionUnsupported, Client().Create(Guid.NewGuid(), Payload), ">2.3<", ">3.0<");
        Refused(WsmanFaultCode.InvalidParameter, Client().Create(Guid.NewGuid(), default));
    }

    [Theory]
    [InlineData("<rsp:Arguments>AAAA</rsp:Arguments>", "")]
    [InlineData("<rsp:Arguments>AAAA</rsp:Arguments>", "<rsp:Arguments>AAAA</rsp:Arguments><rsp:Arguments>AAAA</rsp:Arguments>")]
    public void A_command_without_exactly_one_argument_is_a_fault(string one, string other)
    {
        Open();

        Refused(WsmanFaultCode.PluginBadArguments, _client.Command(_command, new byte[3]), one, other);
    }

    [Fact]
    public void Requests_larger_than_the_server_takes_are_a_fault() =>
        Refused(WsmanFaultCode.EncodingLimit, Client().Create(Guid.NewGuid(), new byte[400_000]));

    [Fact]
    public void A_client_that_takes_too_little_for_any_output_is_told()
    {
        Open();

        Refused(WsmanFaultCode.EncodingLimit, _client.Receive(null), ">153600<", ">500<");
    }

    [Fact]
    public void A_rejected_step_leaves_nothing_behind()
    {
        var created = Assert.IsType<ShellStep.ShellRequested>(_server.Receive(_client.Create(Guid.NewGuid(), Payload).Envelope));

        var answer = _server.Reject(created, new WsmanFault(WsmanFaultCode.PluginManagedException, null, "bad fragments"));

        Assert.True(answer.IsFault);
        Assert.Empty(_server.Shells);
    }

    [Fact]
    public void An_answer_to_another_request_is_refused()
    {
        Open();
        var one = _client.Receive(null);
        var other = _client.Receive(null);
        var answer = _server.TimeOut(Assert.IsType<ShellStep.Polling>(_server.Receive(other.Envelope)).Ticket);

        Assert.Equal(EnvelopeFault.NotRelated, Assert.Throws<WsmanException>(() => _client.Accept(one, answer.Envelope)).Fault);
    }

    [Fact]
    public void An_answer_of_another_kind_or_for_another_command_is_refused()
    {
        var shell = Open();
        Start();
        var request = _client.Receive(_command);
        var related = request.Request.Header.MessageId;
        WsmanResponse[] wrong =
        [
            new WsmanResponse.Sent(new MessageId("uuid:1"), related),
            new WsmanResponse.Received(new MessageId("uuid:1"), related, [new StreamBlock("stdout", null, Payload)], null),
            new WsmanResponse.Received(new MessageId("uuid:1"), related, [], new CommandState(new CommandId(Guid.NewGuid()), WsmanNames.StateDone, 0)),
        ];

        Assert.All(wrong, response => Assert.Equal(
            EnvelopeFault.Unexpected,
            Assert.Throws<WsmanException>(() => _client.Accept(request, ResponseWriter.Write(response))).Fault));
        Assert.NotEmpty(shell.Value);
    }

    private ShellId Open()
    {
        var request = _client.Create(Guid.NewGuid(), Payload);
        var created = Assert.IsType<ShellStep.ShellRequested>(_server.Receive(request.Envelope));
        _client.Accept(request, created.Answer.Envelope);
        return created.Shell;
    }

    private ShellStep.CommandRequested Start()
    {
        var request = _client.Command(_command, Payload);
        var started = Assert.IsType<ShellStep.CommandRequested>(_server.Receive(request.Envelope));
        _client.Accept(request, started.Answer.Envelope);
        return started;
    }

    private WsmanResponse.Received Receive(CommandId? command)
    {
        var request = _client.Receive(command);
        var answer = _server.Poll(Assert.IsType<ShellStep.Polling>(_server.Receive(request.Envelope)).Ticket);
        Assert.NotNull(answer);
        return Assert.IsType<WsmanResponse.Received>(_client.Accept(request, answer.Envelope));
    }

    private WsmanFault Refused(WsmanFaultCode code, PendingRequest request, string instead = " ", string of = " ")
    {
        var envelope = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(request.Envelope.Span).Replace(instead, of, StringComparison.Ordinal));
        var answer = Assert.IsType<ShellStep.Answered>(_server.Receive(envelope)).Answer;
        Assert.Equal(500, answer.HttpStatus);
        var fault = Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(answer.Envelope)).Fault;
        Assert.Equal(code, fault.Code);
        Assert.NotEmpty(fault.Text);
        return fault;
    }

    private static ShellClient Client() => new(new ShellOptions("http://ex01.contoso.example/PowerShell/"), Guid.NewGuid);
}
