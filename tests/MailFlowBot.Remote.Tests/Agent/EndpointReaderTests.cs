using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Agent;

public class EndpointReaderTests
{
    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex02 = new("EX02");
    private static readonly EndpointDirectory Directory = new([Ex01, Ex02], _ => true);

    private static EndpointReader Reader(SessionPool sessions, TimeProvider? patience = null) =>
        new(sessions, Directory, TimeProvider.System, patience ?? TimeProvider.System, TimeSpan.FromSeconds(60));

    private static async Task<NotSeen> NotSeenAsync(EndpointReader reader, ReadOperation read) =>
        Assert.IsType<NotSeen>(await reader.ReadAsync(read, CancellationToken.None));

    [Fact]
    public async Task Without_a_probe_the_doors_are_not_seen()
    {
        await using var sessions = new SessionPool((_, _) => throw new InvalidOperationException("No session is asked for."));

        var missed = await NotSeenAsync(Reader(sessions), new ReadSmtpProbe(Ex01, SmtpDoor.Transport));

        Assert.Equal(NotSeenReason.NoEndpoint, missed.Reason);
    }

    private static ErrorRecord Error(string id) =>
        ErrorRecord.Of(ErrorCategory.NotSpecified, id, "System.Exception", "what the server said");

    private static PsObject Queue => new() { Adapted = { ["Identity"] = "EX01\\Submission", ["MessageCount"] = 1 } };

    [Fact]
    public async Task A_session_that_cannot_be_opened_is_an_unreachable_server()
    {
        await using var sessions = new SessionPool((_, _) => throw new ConnectionLost(Delivery.NotSent, "connection refused"));

        var missed = await NotSeenAsync(Reader(sessions), new ReadQueues(Ex01));

        Assert.Equal(NotSeenReason.Unreachable, missed.Reason);
        Assert.Contains("connection refused", missed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_timed_out()
    {
        await using var sessions = new SessionPool(async (_, cancellation) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            throw new InvalidOperationException("The delay never ends by itself.");
        });

        // On time that jumps every time-out is over at once.
        var missed = await NotSeenAsync(Reader(sessions, new JumpingTime()), new ReadQueues(Ex01));

        Assert.Equal(NotSeenReason.TimedOut, missed.Reason);
    }

    [Fact]
    public async Task A_command_that_does_not_end_in_time_is_stopped_and_timed_out()
    {
        var running = new TaskCompletionSource();
        var stopping = new TaskCompletionSource();
        await using var endpoint = new Answering(async (_, stopped) =>
        {
            running.SetResult();
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(stopped);
                return PipelineResult.Completed;
            }
            finally
            {
                stopping.SetResult();
            }
        });
        var patience = new HandTime();

        var reading = Reader(endpoint.Sessions, patience).ReadAsync(new ReadQueues(Ex01), CancellationToken.None);
        await running.Task.WaitAsync(TimeSpan.FromSeconds(30));
        patience.Expire();

        Assert.Equal(NotSeenReason.TimedOut, Assert.IsType<NotSeen>(await reading.WaitAsync(TimeSpan.FromSeconds(30))).Reason);
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_a_cancellation_and_the_command_is_stopped()
    {
        var running = new TaskCompletionSource();
        await using var endpoint = new Answering(async (_, stopped) =>
        {
            running.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(stopped);
            return PipelineResult.Completed;
        });
        using var caller = new CancellationTokenSource();

        var reading = Reader(endpoint.Sessions).ReadAsync(new ReadQueues(Ex01), caller.Token);
        await running.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("NamedParameterNotFound,Get-Queue", NotSeenReason.MissingRight)]
    [InlineData("SomethingElse", NotSeenReason.Failed)]
    public async Task A_terminating_error_tells_why_nothing_was_seen(string id, NotSeenReason reason)
    {
        await using var endpoint = new Answering((_, _) => Task.FromResult(PipelineResult.FailedBy(Error(id))));

        var missed = await NotSeenAsync(Reader(endpoint.Sessions), new ReadQueues(Ex01));

        Assert.Equal(reason, missed.Reason);
        Assert.Contains("what the server said", missed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_hidden_from_the_account_is_a_missing_right()
    {
        await using var endpoint = new Answering((_, _) => Task.FromResult(PipelineResult.NotRecognised));

        Assert.Equal(NotSeenReason.MissingRight, (await NotSeenAsync(Reader(endpoint.Sessions), new ReadQueues(Ex01))).Reason);
    }

    [Fact]
    public async Task Outputs_beside_an_error_are_not_the_whole_answer()
    {
        await using var endpoint = new Answering((pipeline, _) =>
        {
            pipeline.Output(Queue);
            pipeline.Error(Error("Partial"));
            return Task.FromResult(PipelineResult.Completed);
        });

        Assert.Equal(NotSeenReason.Failed, (await NotSeenAsync(Reader(endpoint.Sessions), new ReadQueues(Ex01))).Reason);
    }

    [Fact]
    public async Task The_answer_names_the_server_that_gave_it()
    {
        await using var endpoint = new Answering((pipeline, _) =>
        {
            pipeline.Output(Queue);
            return Task.FromResult(PipelineResult.Completed);
        });

        var seen = Assert.IsType<Seen>(await Reader(endpoint.Sessions).ReadAsync(new ReadQueues(Ex01), CancellationToken.None));

        Assert.Equal(new Origin(OriginKind.Endpoint, "EX01"), seen.Origin);
        Assert.Equal("EX01/Exchange", Assert.Single(endpoint.Opened).Value);
    }

    [Fact]
    public async Task The_inventory_is_asked_of_the_next_server_when_one_is_down()
    {
        await using var endpoint = new Answering((pipeline, _) =>
        {
            if (pipeline.Command.Name == "Get-ExchangeServer")
                pipeline.Output(new PsObject { Adapted = { ["Name"] = "EX02", ["AdminDisplayVersion"] = "Version 15.2 (Build 2562.17)" } });
            return Task.FromResult(PipelineResult.Completed);
        });
        await using var sessions = new SessionPool((name, cancellation) => name == EndpointDirectory.NameOf(EndpointKind.Exchange, Ex01)
            ? throw new ConnectionLost(Delivery.NotSent, "down")
            : endpoint.OpenAsync(cancellation));

        var seen = Assert.IsType<Seen>(await Reader(sessions).ReadAsync(new ReadInventory(), CancellationToken.None));

        Assert.Equal("EX02", seen.Origin.Name);
    }

    [Fact]
    public async Task Servers_are_known_although_nobody_may_read_their_dags()
    {
        await using var endpoint = new Answering((pipeline, _) =>
        {
            if (pipeline.Command.Name == "Get-MailboxServer")
                return Task.FromResult(PipelineResult.NotRecognised);
            pipeline.Output(new PsObject { Adapted = { ["Name"] = "EX01", ["ServerRole"] = "Mailbox", ["Site"] = "x/Sites/HQ" } });
            return Task.FromResult(PipelineResult.Completed);
        });

        var seen = Assert.IsType<Seen>(await Reader(endpoint.Sessions).ReadAsync(new ReadInventory(), CancellationToken.None));

        Assert.False(Assert.Single(Assert.IsType<InventoryFact>(seen.Fact).Servers).DagSeen);
    }
}
