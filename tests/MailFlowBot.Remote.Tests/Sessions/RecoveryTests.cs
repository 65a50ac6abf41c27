using System.Text;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>Connections that are lost and come back, and shells that the server gave to others.</summary>
public sealed class RecoveryTests : IAsyncDisposable
{
    private readonly Endpoint _endpoint = new();
    private readonly FaultyWire _wire;

    public RecoveryTests()
    {
        _wire = new FaultyWire(_endpoint.Transport);
        _endpoint.Transport = _wire;
        _endpoint.Configure = options => options with { RecoveryWindow = TimeSpan.FromSeconds(20) };
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task Every_third_answer_lost_loses_no_output()
    {
        _endpoint.Shell = _endpoint.Shell with { MaxEnvelopeSize = 16_384 };
        await using var session = await _endpoint.OpenAsync();
        var answers = 0;
        _wire.After = (request, reply) => FaultyWire.IsCommandReceive(request) && ++answers % 3 == 0
            ? throw new TransportException(Delivery.Unknown, "reset")
            : reply;

        var outcome = await session.InvokeAsync(new PsCommand("Get-Many", new PsParameter("Count", 60)), default);

        var outputs = Assert.IsType<InvocationOutcome.Completed>(outcome).Streams.Outputs;
        Assert.Equal(Enumerable.Range(0, 60), outputs.Select(output => (int)((PsObject)output!)["Number"]!));
    }

    [Fact]
    public async Task A_shell_taken_for_left_alone_is_reconnected_and_the_command_goes_on()
    {
        await using var session = await _endpoint.OpenAsync();
        var faults = 0;
        _wire.Before = request => FaultyWire.IsCommandReceive(request) && faults++ == 0 ? Fault(request, WsmanFaultCode.ShellDisconnected)
            : IsReconnect(request) ? Answer(request, (id, relates) => new WsmanResponse.Reconnected(id, relates))
            : null;

        var outcome = await session.InvokeAsync(new PsCommand("Get-X"), default);

        Assert.IsType<InvocationOutcome.Completed>(outcome);
        Assert.Single(_wire.Posted, IsReconnect);
        Assert.Single(_wire.Posted, FaultyWire.IsCommand);
    }

    [Fact]
    public async Task A_shell_that_another_client_took_is_left_to_it()
    {
        var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommandReceive(request) ? Fault(request, WsmanFaultCode.StreamTaken) : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(new PsCommand("Get-X"), default));
        await session.DisposeAsync();

        Assert.Contains("Another client", lost.Reason, StringComparison.Ordinal);
        Assert.IsType<ShellTaken>(session.Reason);
        Assert.DoesNotContain(_wire.Posted, FaultyWire.IsDelete);
        Assert.DoesNotContain(_wire.Posted, IsReconnect);
    }

    [Fact]
    public async Task A_shell_that_somebody_holds_is_not_fought_over()
    {
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommandReceive(request) ? Fault(request, WsmanFaultCode.ShellDisconnected)
            : IsReconnect(request) ? Fault(request, WsmanFaultCode.InUseCannotReconnect)
            : null;

        Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(new PsCommand("Get-X"), default));

        Assert.IsType<ShellTaken>(session.Reason);
        Assert.Single(_wire.Posted, IsReconnect);
    }

    [Fact]
    public async Task An_endless_disconnection_ends_with_the_window()
    {
        _endpoint.Configure = options => options with { RecoveryWindow = TimeSpan.FromMilliseconds(300) };
        await using var session = await _endpoint.OpenAsync();
        _wire.Before = request => FaultyWire.IsCommandReceive(request) ? Fault(request, WsmanFaultCode.ShellDisconnected)
            : IsReconnect(request) ? Answer(request, (id, relates) => new WsmanResponse.Reconnected(id, relates))
            : null;

        var lost = Assert.IsType<InvocationOutcome.Lost>(await session.InvokeAsync(new PsCommand("Get-X"), default));

        Assert.Equal(Delivery.Unknown, lost.Delivery);
    }

    [Fact]
    public async Task A_server_that_is_silent_for_longer_than_it_may_hold_a_request_is_a_lost_connection()
    {
        var time = new ManualTime();
        await using var endpoint = new Endpoint(time: time);
        var asked = new TaskCompletionSource();
        var silent = new InMemoryTransport(async (_, cancellation) =>
        {
            asked.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            throw new InvalidOperationException("Never.");
        });
        var shell = new ShellClient(endpoint.Shell, Guid.NewGuid);
        var asking = new ShellLink(silent, shell, TimeSpan.FromSeconds(10), time).AskAsync(shell.Create(Guid.NewGuid(), new byte[1]), default);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(asking.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(2));

        var lost = await Assert.ThrowsAsync<ConnectionLost>(() => asking);
        Assert.Equal(Delivery.Unknown, lost.Delivery);
        Assert.Contains("30 s", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_sent_with_the_sessions_key()
    {
        await using var session = await _endpoint.OpenAsync();

        var outcome = await session.InvokeAsync(new PsCommand("Set-X", new PsParameter("Value", new SecretText("hunter2"))), default);

        Assert.IsType<InvocationOutcome.Completed>(outcome);
        Assert.Single(_endpoint.Changes);
        Assert.IsType<PsSecureString>(_endpoint.Changes[0]["Value"]);
        Assert.IsType<InvocationOutcome.Completed>(
            await session.InvokeAsync(new PsCommand("Set-X", new PsParameter("Value", new SecretText("hunter3"))), default));
    }

    private static bool IsReconnect(string request) => request.Contains("shell/Reconnect<", StringComparison.Ordinal);

    private static WsmanReply Fault(string request, WsmanFaultCode code) =>
        Answer(request, (id, relates) => new WsmanResponse.Faulted(id, relates, new WsmanFault(code, null, "because")), 500);

    private static WsmanReply Answer(string request, Func<MessageId, MessageId, WsmanResponse> make, int status = 200) => new(
        status, ResponseWriter.Write(make(new MessageId("uuid:1"), RequestReader.Read(Encoding.UTF8.GetBytes(request)).Header.MessageId)));
}
