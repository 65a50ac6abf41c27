using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>
/// An answer to a Receive that got lost comes again: whatever part of it had arrived, every object is seen once, and one that is missing is a
/// fault.
/// </summary>
public sealed class ReplayTests
{
    [Fact]
    public void An_answer_that_broke_off_anywhere_is_taken_up_without_loss_or_repetition() =>
        Prop.ForAll<byte[], PositiveInt, (PositiveInt, PositiveInt)>((sizes, blob, split) =>
        {
            var (answer, cut) = split;
            var (fragmenter, objects) = (new Fragmenter { BlobSize = blob.Get }, Objects(sizes));
            var answers = Wire(fragmenter, objects).Chunk(answer.Get * 7).ToList();
            var defragmenter = new Defragmenter(PsrpLimits.Default, new ObjectNumbers()) { HolesAfter = 0 };
            var seen = new List<byte[]>();
            var broken = cut.Get;
            foreach (var whole in answers)
            {
                // Every answer breaks off twice, the second time elsewhere.
                for (var time = 0; time < 2; time++)
                {
                    broken = (int)((broken * 31L) % 100_003);
                    Take(defragmenter, whole[..(broken % (whole.Length + 1))], seen);
                    defragmenter.Replay();
                }

                Take(defragmenter, whole, seen);
                defragmenter.Settle();
            }

            defragmenter.Complete();
            return Same(objects, seen);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_answer_that_is_missing_is_never_overlooked() =>
        Prop.ForAll<byte[], PositiveInt, (PositiveInt, PositiveInt)>((sizes, blob, split) =>
        {
            var (answer, missing) = split;
            var (fragmenter, objects) = (new Fragmenter { BlobSize = blob.Get }, Objects(sizes));
            var fragments = objects.SelectMany(message => fragmenter.Cut(message)).Select(fragment => fragment.ToArray()).ToList();
            var answers = fragments.Chunk(answer.Get).Select(some => some.SelectMany(fragment => fragment).ToArray()).ToList();
            if (answers.Count < 2)
                return true;
            var lost = missing.Get % (answers.Count - 1);
            var defragmenter = new Defragmenter(PsrpLimits.Default, new ObjectNumbers()) { HolesAfter = 0 };
            var seen = new List<byte[]>();
            for (var at = 0; at < lost; at++)
            {
                Take(defragmenter, answers[at], seen);
                defragmenter.Settle();
            }

            defragmenter.Replay();
            var refused = Record.Exception(() => Take(defragmenter, answers[lost + 1], seen));
            return refused is PsrpException { Fault: PsrpFault.Gap } && seen.Count == CompleteIn(answers.Take(lost));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Objects_that_come_twice_are_refused_unless_a_replay_was_announced()
    {
        var (client, server) = JoinedRoles.Opened().Start();
        var output = server.Output("once");
        client.Receive(output);

        Assert.Equal(PsrpFault.BadFragment, Assert.Throws<PsrpException>(() => client.Receive(output)).Fault);
    }

    [Fact]
    public void A_pipeline_sees_each_object_once_when_its_answer_is_repeated()
    {
        var (client, server) = JoinedRoles.Opened().Start();
        byte[] answer = [.. server.Output("a").Span, .. server.Output("b").Span];
        Assert.Equal([new PipelineEvent.OutputReceived("a")], client.Receive(answer.AsMemory(0, answer.Length - 3)));

        client.Replay();

        Assert.Equal([new PipelineEvent.OutputReceived("b")], client.Receive(answer));
        client.Settle();
        Assert.Equal([new PipelineEvent.Ended(PipelineState.Completed, null)], client.Receive(server.End(PipelineState.Completed)));
    }

    [Fact]
    public void The_end_that_came_before_the_loss_comes_no_second_time()
    {
        var (client, server) = JoinedRoles.Opened().Start();
        byte[] answer = [.. server.Output("a").Span, .. server.End(PipelineState.Completed).Span];
        Assert.Equal(2, client.Receive(answer).Count);

        client.Replay();

        Assert.Empty(client.Receive(answer));
        Assert.Equal(PipelineState.Completed, client.State);
    }

    [Fact]
    public void Nothing_lost_is_nothing_missed()
    {
        var (client, server) = JoinedRoles.Opened().Start();
        client.Receive(server.Output("a"));
        client.Settle();

        client.Replay();

        Assert.Equal([new PipelineEvent.OutputReceived("b")], client.Receive(server.Output("b")));
    }

    [Fact]
    public void An_answer_that_was_not_repeated_is_a_gap()
    {
        var (client, server) = JoinedRoles.Opened().Start();
        server.Output("lost for ever");

        client.Replay();

        Assert.Equal(PsrpFault.Gap, Assert.Throws<PsrpException>(() => client.Receive(server.Output("after it"))).Fault);
    }

    [Fact]
    public void Objects_of_other_streams_are_no_gap()
    {
        var joined = JoinedRoles.Opened();
        var (client, server) = joined.Start();
        var (other, otherServer) = joined.Start("Get-Mailbox");
        client.Receive(server.Output("a"));
        other.Receive(otherServer.Output("elsewhere"));
        joined.Client.Receive(joined.Server.CallHost(new HostCall(-100, 15, "WriteLine")));

        client.Replay();

        Assert.Equal([new PipelineEvent.OutputReceived("b")], client.Receive(server.Output("b")));
    }

    [Fact]
    public void A_server_that_counts_for_every_stream_by_itself_is_understood()
    {
        var joined = JoinedRoles.Opened();
        var (client, _) = joined.Start();
        var own = new Outbox(new Fragmenter(), Destination.Client, joined.Client.Id, client.Id);
        Assert.Single(client.Receive(own.Write(MessageType.PipelineOutput, "1")));

        client.Replay();
        Assert.Single(client.Receive(own.Write(MessageType.PipelineOutput, "2")));
        own.Write(MessageType.PipelineOutput, "lost");
        client.Replay();

        Assert.Equal(PsrpFault.Gap, Assert.Throws<PsrpException>(() => client.Receive(own.Write(MessageType.PipelineOutput, "4"))).Fault);
    }

    [Fact]
    public void The_pool_takes_a_repeated_answer_too_and_does_not_miss_what_pipelines_got()
    {
        var joined = JoinedRoles.Opened();
        var call = joined.Server.CallHost(new HostCall(3, 26, "PromptForChoice"));
        joined.Client.Receive(call);
        joined.Client.Replay();
        Assert.Empty(joined.Client.Receive(call));
        joined.Start().Server.Output("not received yet");

        joined.Client.Replay();

        Assert.Single(joined.Client.Receive(joined.Server.Change(RunspacePoolState.Closed)));
    }

    [Fact]
    public void An_object_that_comes_again_from_its_start_replaces_what_was_there_of_it()
    {
        var defragmenter = new Defragmenter(PsrpLimits.Default, new ObjectNumbers()) { HolesAfter = 0 };
        var seen = new List<byte[]>();
        byte[] message = [.. Enumerable.Range(0, 100).Select(value => (byte)value)];
        Take(defragmenter, new Fragmenter { BlobSize = 30 }.Cut(message)[0].ToArray(), seen);
        defragmenter.Settle();

        defragmenter.Replay();
        Take(defragmenter, Wire(new Fragmenter { BlobSize = 45 }, [message]), seen);

        Assert.Equal(message, Assert.Single(seen));
        Assert.False(defragmenter.HasPending);
    }

    [Fact]
    public void A_resumed_pipeline_does_not_miss_what_the_earlier_client_got()
    {
        var joined = JoinedRoles.Opened();
        var (begun, server) = joined.Start();
        begun.Receive(server.Output("for the first"));
        var second = new RunspacePoolClient(joined.Client.Id);
        second.ReceiveConnectResponse(joined.Server.Connect(second.Connect()).Response);
        var resumed = second.ResumePipeline(begun.Id);

        resumed.Replay();
        Assert.Single(resumed.Receive(server.Output("2")));
        server.Output("lost");
        resumed.Replay();

        Assert.Equal(PsrpFault.Gap, Assert.Throws<PsrpException>(() => resumed.Receive(server.Output("4"))).Fault);
    }

    [Fact]
    public void Ids_may_be_noted_in_any_order_and_holes_are_known()
    {
        var numbers = new ObjectNumbers();
        foreach (var id in (ulong[])[5, 1, 3, 2, 9, 8])
            numbers.Note(id);

        Assert.False(numbers.PerStream);
        Assert.Equal(9u, numbers.Highest);
        Assert.False(numbers.Lacks(0, 4));
        Assert.False(numbers.Lacks(4, 6));
        Assert.True(numbers.Lacks(3, 5));
        Assert.True(numbers.Lacks(1, 9));
        Assert.True(numbers.Lacks(5, 8));
        Assert.False(numbers.Lacks(7, 8));
        numbers.Note(4);
        Assert.False(numbers.Lacks(1, 6));
        numbers.Note(4);
        Assert.True(numbers.PerStream);
    }

    private static List<byte[]> Objects(byte[] sizes) => [.. sizes.Select((size, at) => Enumerable.Repeat((byte)(at + 1), size).ToArray())];

    private static byte[] Wire(Fragmenter fragmenter, IEnumerable<byte[]> objects) =>
        [.. objects.SelectMany(message => fragmenter.Cut(message)).SelectMany(fragment => fragment.ToArray())];

    private static int CompleteIn(IEnumerable<byte[]> answers) =>
        new Defragmenter(PsrpLimits.Default).Receive([.. answers.SelectMany(answer => answer)]).Count;

    private static void Take(Defragmenter defragmenter, byte[] block, List<byte[]> seen)
    {
        defragmenter.Feed(block);
        while (defragmenter.TryRead(out var whole))
            seen.Add(whole.ToArray());
    }

    private static bool Same(List<byte[]> expected, List<byte[]> actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair => pair.First.SequenceEqual(pair.Second));
}
