using System.Text;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>What the caller learns when the wire or the server fails, and that a change never runs twice.</summary>
public sealed class LossTests : IAsyncDisposable
{
    private static readonly PsCommand Change = new("Set-X", new PsParameter("Value", 1));

    private readonly ManualTime _time = new();
    private readonly Endpoint _endpoint;
    private readonly FaultyWire _wire;

    public LossTests()
    {
        _endpoint = new Endpoint(time: _time);
        _wire = new FaultyWire(_endpoint.Transport);
        _endpoint.Transport = _wire;
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task A_command_that_was_not_sent_is_lost_unsent_and_did_not_run()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommand(request) ? throw new TransportException(Delivery.NotSent, "no route") : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.NotSent, lost.Delivery);
        Assert.Equal("no route", lost.Reason);
        Assert.True(session.IsBroken);
        Assert.Empty(_endpoint.Changes);
    }

    [Fact]
    public async Task A_command_whose_answer_is_lost_is_asked_about_and_not_sent_again()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.After = (request, reply) => FaultyWire.IsCommand(request) ? throw new TransportException(Delivery.Unknown, "reset") : reply;

        var outcome = await session.InvokeAsync(Change, default);

        Assert.IsType<InvocationOutcome.Completed>(outcome);
        Assert.Single(_wire.Posted, FaultyWire.IsCommand);
        Assert.Single(_endpoint.Changes);
        Assert.False(session.IsBroken);
    }

    [Fact]
    public async Task A_command_that_never_arrived_is_proven_unsent_by_closing_its_shell()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommand(request) ? throw new TransportException(Delivery.Unknown, "reset") : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.NotSent, lost.Delivery);
        Assert.Contains("does not know the command", lost.Reason, StringComparison.Ordinal);
        Assert.Equal(0, _endpoint.Server.ShellCount);
        Assert.True(session.IsBroken);
    }

    [Fact]
    public async Task A_command_unknown_to_a_server_that_forgot_the_shell_may_have_run()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.After = (request, reply) => FaultyWire.IsCommand(request) ? throw new TransportException(Delivery.Unknown, "reset") : reply;
        _wire.Before = request => FaultyWire.IsCommandReceive(request) || FaultyWire.IsDelete(request)
            ? Fault(request, WsmanFaultCode.InvalidSelectors)
            : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.Unknown, lost.Delivery);
        Assert.Single(_endpoint.Changes);
    }

    [Fact]
    public async Task A_receive_whose_answer_is_lost_is_repeated_with_its_id_and_nothing_is_missed()
    {
        await using var session = await _endpoint.OpenAsync();
        var losses = 0;
        _wire.After = (request, reply) => FaultyWire.IsCommandReceive(request) && losses++ == 0 ? throw new TransportException(Delivery.Unknown, "reset") : reply;

        var outcome = await session.InvokeAsync(new PsCommand("Write-Trouble"), default);

        Assert.Equal(["before", "after"], Assert.IsType<InvocationOutcome.Completed>(outcome).Streams.Outputs);
        var receives = _wire.Posted.Where(FaultyWire.IsCommandReceive).ToList();
        Assert.Equal(receives[0], receives[1]);
    }

    [Fact]
    public async Task A_connection_that_stays_dead_leaves_the_outcome_unknown()
    {
        _endpoint.Configure = options => options with { RecoveryWindow = TimeSpan.Zero };
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommandReceive(request) ? throw new TransportException(Delivery.NotSent, "unplugged") : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.Unknown, lost.Delivery);
        Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));
        Assert.Single(_wire.Posted, FaultyWire.IsCommand);
    }

    [Fact]
    public async Task A_command_to_a_shell_that_is_gone_did_not_run()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommand(request) ? Fault(request, WsmanFaultCode.InvalidSelectors) : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.NotSent, lost.Delivery);
        Assert.True(session.IsBroken);
    }

    [Fact]
    public async Task A_refused_command_is_told_apart_and_the_session_lives_on()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommand(request) ? Fault(request, WsmanFaultCode.MaxOperationsPerUser) : null;

        var refused = await Assert.ThrowsAsync<OperationFailed>(() => session.InvokeAsync(Change, default));

        Assert.True(refused.IsTransient);
        Assert.Equal(WsmanFaultCode.MaxOperationsPerUser, refused.Fault.Code);
        _wire.Before = null;
        Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(Change, default));
    }

    [Fact]
    public async Task A_process_that_dies_under_a_command_leaves_its_outcome_unknown()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommandReceive(request) ? Fault(request, WsmanFaultCode.ProviderFailed) : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.Unknown, lost.Delivery);
        Assert.Contains("1726", lost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Done_without_a_state_leaves_the_outcome_unknown()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request =>
        {
            if (!FaultyWire.IsCommandReceive(request))
                return null;
            var asked = (WsmanRequest.Receive)RequestReader.Read(Encoding.UTF8.GetBytes(request));
            return new WsmanReply(200, ResponseWriter.Write(new WsmanResponse.Received(
                new MessageId("uuid:1"), asked.Header.MessageId, [], new CommandState(asked.CommandId, WsmanNames.StateDone, 1))));
        };

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.Unknown, lost.Delivery);
    }

    [Fact]
    public async Task Damaged_output_leaves_the_outcome_unknown_and_never_hangs()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.After = (request, reply) => FaultyWire.IsCommandReceive(request) ? FaultyWire.Cut(reply, 30) : reply;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.Equal(Delivery.Unknown, lost.Delivery);
        Assert.True(session.IsBroken);
    }

    [Fact]
    public async Task The_end_is_believed_even_when_what_follows_it_is_lost()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsTerminate(request) ? throw new TransportException(Delivery.Unknown, "reset") : null;

        Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(Change, default));

        Assert.True(session.IsBroken);
        Assert.Single(_endpoint.Changes);
    }

    [Fact]
    public async Task A_stop_that_is_not_confirmed_in_time_leaves_the_outcome_unknown()
    {
        await using var session = await _endpoint.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var stopSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wire.Before = request =>
        {
            if (!FaultyWire.IsStop(request))
                return null;
            stopSeen.TrySetResult();
            return new WsmanReply(200, ResponseWriter.Write(new WsmanResponse.Signalled(
                new MessageId("uuid:1"), RequestReader.Read(Encoding.UTF8.GetBytes(request)).Header.MessageId)));
        };

        var running = session.InvokeAsync(new PsCommand("Wait-X"), cancellation.Token);
        await _endpoint.Waiting;
        await cancellation.CancelAsync();
        await stopSeen.Task;
        _time.Advance(TimeSpan.FromSeconds(61));

        var lost = Assert.IsType<InvocationOutcome.Lost>(await running);
        Assert.Equal(Delivery.Unknown, lost.Delivery);
        Assert.Equal("The command did not stop within 60 s.", lost.Reason);
        Assert.Contains(_wire.Posted, FaultyWire.IsTerminate);
        Assert.True(session.IsBroken);
    }

    [Fact]
    public async Task A_call_given_up_before_it_was_sent_is_cancelled_and_nothing_runs()
    {
        await using var session = await _endpoint.OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.InvokeAsync(Change, new CancellationToken(canceled: true)));

        Assert.Empty(_endpoint.Changes);
        Assert.False(session.IsBroken);
    }

    [Fact]
    public async Task A_poll_that_times_out_is_repeated()
    {
        await using var session = await _endpoint.OpenAsync();
        var timeouts = 0;
        _wire.Before = request => FaultyWire.IsCommandReceive(request) && timeouts++ < 3 ? Fault(request, WsmanFaultCode.TimedOut) : null;

        Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(Change, default));

        Assert.Equal(_wire.Posted.Where(FaultyWire.IsCommandReceive).Count(), _wire.Posted.Where(FaultyWire.IsCommandReceive).Distinct().Count());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_session_that_the_server_gives_up_while_idle_is_known_to_be_broken()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsPoolReceive(request) ? Fault(request, WsmanFaultCode.InvalidSelectors) : null;
        while (!session.IsBroken)
        {
            _time.Advance(TimeSpan.FromSeconds(21));
            await Task.Yield();
        }

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default));

        Assert.NotEqual(string.Empty, lost.Reason);
        Assert.Empty(_endpoint.Changes);
    }

    [Fact]
    public async Task A_server_that_keeps_silent_is_given_up_after_the_open_timeout()
    {
        var polled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wire.Before = request =>
        {
            if (FaultyWire.IsPoolReceive(request))
                polled.TrySetResult();
            return null;
        };

        // Version 3.0 in the client's capability: the server says its own and then nothing, as recorded.
        _endpoint.Transport = new Rewriting(_wire);
        var opening = _endpoint.OpenAsync();
        await polled.Task;
        _time.Advance(TimeSpan.FromSeconds(181));

        var lost = await Assert.ThrowsAsync<ConnectionLost>(() => opening);
        Assert.Contains("180 s", lost.Message, StringComparison.Ordinal);
        Assert.Equal(0, _endpoint.Server.ShellCount);
    }

    [Fact]
    public async Task A_server_of_another_version_is_a_protocol_violation()
    {
        _wire.After = (request, reply) =>
        {
            if (!FaultyWire.IsPoolReceive(request))
                return reply;
            var capability = new SessionCapability(new Version(3, 0), new Version(2, 0), new Version(1, 1, 0, 1)).ToObject();
            var message = new PsrpMessage(Destination.Client, MessageType.SessionCapability, default, PipelineId.None, ClixmlWriter.Write(capability));
            return new WsmanReply(200, ResponseWriter.Write(new WsmanResponse.Received(
                new MessageId("uuid:1"),
                RequestReader.Read(Encoding.UTF8.GetBytes(request)).Header.MessageId,
                [new StreamBlock("stdout", null, new Fragmenter().Cut(message.Write())[0])],
                null)));
        };

        var violation = await Assert.ThrowsAsync<ProtocolViolation>(() => _endpoint.OpenAsync());

        Assert.Contains("protocol 3.0", violation.Message, StringComparison.Ordinal);
        Assert.Equal(0, _endpoint.Server.ShellCount);
    }

    [Fact]
    public async Task A_refused_session_says_why()
    {
        _wire.Before = request => Fault(request, WsmanFaultCode.ResourceUnknown);

        var refused = await Assert.ThrowsAsync<OperationFailed>(() => _endpoint.OpenAsync());

        Assert.Equal(WsmanFaultCode.ResourceUnknown, refused.Fault.Code);
        Assert.Contains("ex01.contoso.example", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((uint)WsmanFaultCode.AccessDenied, RefusedScope.Endpoint)]
    [InlineData((uint)WsmanFaultCode.LogonFailure, RefusedScope.Account)]
    public async Task An_account_that_is_not_let_in_is_told_apart(uint code, object scope)
    {
        _wire.Before = request => Fault(request, (WsmanFaultCode)code);

        var refused = await Assert.ThrowsAsync<AccessRefused>(() => _endpoint.OpenAsync());

        Assert.Equal(scope, refused.Scope);
        Assert.False(refused.IsTransient);
    }

    [Theory]
    [InlineData(404, Delivery.NotSent)]
    [InlineData(503, Delivery.NotSent)]
    [InlineData(500, Delivery.Unknown)]
    [InlineData(502, Delivery.Unknown)]
    public async Task A_page_instead_of_an_envelope_is_a_lost_connection(int status, object delivery)
    {
        _wire.Before = _ => new WsmanReply(status, Encoding.UTF8.GetBytes("<html>sorry</html>"));

        var lost = await Assert.ThrowsAsync<ConnectionLost>(() => _endpoint.OpenAsync());

        Assert.Equal(delivery, lost.Delivery);
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_goes_away_takes_its_sessions_with_it()
    {
        await using var session = await _endpoint.OpenAsync();
        var running = session.InvokeAsync(new PsCommand("Wait-X"), default);
        await _endpoint.Waiting;

        await _endpoint.Server.DisposeAsync();

        Assert.Equal(Delivery.Unknown, Assert.IsType<InvocationOutcome.Lost>(await running).Delivery);
        Assert.Equal(Delivery.NotSent, Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default)).Delivery);
        Assert.Empty(_endpoint.Changes);
    }

    [Fact]
    public async Task A_session_closed_under_a_running_command_leaves_its_outcome_unknown()
    {
        var session = await _endpoint.OpenAsync();
        var running = session.InvokeAsync(new PsCommand("Wait-X"), default);
        await _endpoint.Waiting;

        await session.DisposeAsync();

        Assert.Equal(Delivery.Unknown, Assert.IsType<InvocationOutcome.Lost>(await running).Delivery);
        Assert.Equal(Delivery.NotSent, Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(Change, default)).Delivery);
    }

    [Fact]
    public async Task A_value_that_cannot_be_sent_is_the_callers_mistake()
    {
        await using var session = await _endpoint.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => session.InvokeAsync(new PsCommand("Set-X", new PsParameter("Value", new object())), default));

        Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(Change, default));
    }

    private static WsmanReply Fault(string request, WsmanFaultCode code) => new(500, ResponseWriter.Write(new WsmanResponse.Faulted(
        new MessageId("uuid:1"), RequestReader.Read(Encoding.UTF8.GetBytes(request)).Header.MessageId, new WsmanFault(code, null, "because"))));

    /// <summary>Makes a client of protocol 3.0 out of ours.</summary>
    private sealed class Rewriting(IWsmanTransport inner) : IWsmanTransport
    {
        public Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation) =>
            RequestReader.Read(envelope) is WsmanRequest.Create create
                ? inner.PostAsync(
                    RequestWriter.Write(create with
                    {
                        CreationXml = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(create.CreationXml.Span)
                        .Replace(">2.3<", ">3.0<", StringComparison.Ordinal))
                    }),
                    cancellation)
                : inner.PostAsync(envelope, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
