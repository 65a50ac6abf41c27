using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Agent;

public class EndpointSenderTests
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly SetComponentState Reset =
        new(Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Active);

    private static EndpointSender Sender(SessionPool sessions) => new(sessions, new EndpointDirectory([Ex01], _ => false));

    private static Task<ChangeOutcome> SendAsync(Answering endpoint, ChangeOperation? change = null) =>
        Sender(endpoint.Sessions).SendAsync(change ?? Reset, CancellationToken.None);

    private static ErrorRecord Error => ErrorRecord.Of(ErrorCategory.NotSpecified, "HostException", "System.Exception", "cannot confirm");

    private static Task<PipelineResult> Completed => Task.FromResult(PipelineResult.Completed);

    [Fact]
    public async Task A_change_is_sent_once_with_typed_parameters_and_without_asking_back()
    {
        await using var endpoint = new Answering((_, _) => Completed);

        Assert.IsType<ChangeCompleted>(await SendAsync(endpoint));

        var command = Assert.Single(endpoint.Commands);
        Assert.Equal("Set-ServerComponentState", command.Name);
        Assert.Equal(
            [("Identity", "EX01"), ("Component", "HubTransport"), ("Requester", "Functional"), ("State", "Active"), ("Confirm", false)],
            command.Parameters.Select(parameter => (parameter.Name!, parameter.Value!)));
    }

    [Fact]
    public async Task An_error_beside_completion_is_a_failure()
    {
        await using var endpoint = new Answering((pipeline, _) =>
        {
            pipeline.Error(Error);
            return Completed;
        });

        Assert.Equal(new ChangeFailed("cannot confirm"), await SendAsync(endpoint));
        Assert.Single(endpoint.Commands);
    }

    [Fact]
    public async Task A_terminating_error_is_a_failure()
    {
        await using var endpoint = new Answering((_, _) => Task.FromResult(PipelineResult.FailedBy(Error)));

        Assert.Equal(new ChangeFailed("cannot confirm"), await SendAsync(endpoint));
    }

    [Fact]
    public async Task An_answer_that_never_arrives_leaves_the_outcome_open_and_nothing_is_sent_again()
    {
        var carriedOut = false;
        await using var endpoint = new Answering(
            (_, _) =>
            {
                Volatile.Write(ref carriedOut, true);
                return Completed;
            },
            post => async (envelope, cancellation) =>
            {
                var reply = await post(envelope, cancellation);
                return Volatile.Read(ref carriedOut) ? throw new TransportException(Delivery.Unknown, "connection reset") : reply;
            });

        Assert.IsType<ChangeLost>(await SendAsync(endpoint));

        Assert.Single(endpoint.Commands);
    }

    [Fact]
    public async Task A_session_that_cannot_be_opened_means_that_nothing_was_sent()
    {
        await using var sessions = new SessionPool((_, _) => throw new ConnectionLost(Delivery.NotSent, "connection refused"));

        var failed = Assert.IsType<ChangeFailed>(await Sender(sessions).SendAsync(Reset, CancellationToken.None));

        Assert.Equal("Not sent: connection refused", failed.Detail);
    }

    [Fact]
    public async Task A_change_for_an_endpoint_that_is_not_there_is_not_sent()
    {
        await using var endpoint = new Answering((_, _) => Completed);

        Assert.StartsWith(
            "Not sent",
            Assert.IsType<ChangeFailed>(await SendAsync(endpoint, new RestartService(Ex01, WindowsService.Transport))).Detail,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Not sent",
            Assert.IsType<ChangeFailed>(await SendAsync(endpoint, Reset with { Server = new ServerName("EX09") })).Detail,
            StringComparison.Ordinal);
        Assert.Empty(endpoint.Commands);
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_it_runs_learns_that_it_was_stopped()
    {
        var running = new TaskCompletionSource();
        await using var endpoint = new Answering(async (_, stopped) =>
        {
            running.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(stopped);
            return PipelineResult.Completed;
        });
        using var caller = new CancellationTokenSource();

        var sending = Sender(endpoint.Sessions).SendAsync(Reset, caller.Token);
        await running.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await caller.CancelAsync();

        Assert.IsType<ChangeStopped>(await sending.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Single(endpoint.Commands);
    }

    [Fact]
    public async Task A_caller_that_gave_up_before_sends_nothing()
    {
        await using var endpoint = new Answering((_, _) => Completed);
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender(endpoint.Sessions).SendAsync(Reset, caller.Token));

        Assert.Empty(endpoint.Commands);
    }
}
