using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>Whatever the bytes: events, or the one exception. Anything else, and any hang, fails.</summary>
public sealed class HostileInputTests
{
    private static readonly Lazy<IReadOnlyList<RecordedStream>> Real = new(() =>
    [
        .. Recording.Load("conversations/errors-nonterminating").Streams,
        .. Recording.Load("conversations-raw/host-output-with-host").Streams,
        .. Recording.Load("conversations-raw/confirm-host-answers-no").Streams,
    ]);

    private static readonly Lazy<KeyPair> Pair = new(PoolKeys.NewPair);

    [Fact]
    public void Any_bytes_are_refused_or_read_by_every_machine() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            foreach (var machine in Machines(new PoolId(Guid.NewGuid()), new PipelineId(Guid.NewGuid())))
                Feed(machine, bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_body_of_any_type_is_refused_or_read_by_every_machine() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            Gen.Elements(Enum.GetValues<MessageType>()).ToArbitrary(),
            Gen.Elements(Destination.Client, Destination.Server).ToArbitrary(),
            (body, type, destination) =>
            {
                var pool = new PoolId(Guid.NewGuid());
                var pipeline = new PipelineId(Guid.NewGuid());
                foreach (var id in (PipelineId[])[pipeline, PipelineId.None])
                {
                    var bytes = new Fragmenter().Cut(new PsrpMessage(destination, type, pool, id, body).Write())[0];
                    foreach (var machine in Machines(pool, pipeline))
                        Feed(machine, bytes);
                }
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damaged_real_conversations_are_refused_or_read() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            Gen.Choose(0, 255).ToArbitrary(),
            (pick, at, value) =>
            {
                var stream = Real.Value[pick % Real.Value.Count];
                var bytes = stream.Bytes.ToArray();
                if (bytes.Length == 0)
                    return;
                bytes[at % bytes.Length] = (byte)value;
                foreach (var machine in Machines(new PoolId(stream.Messages[^1].Pool), new PipelineId(stream.Pipeline)))
                    Feed(machine, bytes);
            }).QuickCheckThrowOnFailure();

    private static IEnumerable<Action<ReadOnlyMemory<byte>>> Machines(PoolId pool, PipelineId pipeline)
    {
        var client = new RunspacePoolClient(pool);
        client.Open();
        yield return bytes => client.Receive(bytes);
        var server = new RunspacePoolServer(new ApplicationPrivateData(null));
        yield return bytes => server.Receive(bytes);

        var (openClient, openServer) = (new RunspacePoolClient(pool), new RunspacePoolServer(new ApplicationPrivateData(null)));
        foreach (var request in openServer.Receive(openClient.Open()))
        {
            openClient.Receive(request switch
            {
                PoolRequest.Negotiated negotiated => negotiated.Answer,
                PoolRequest.Opened opened => opened.Answer,
                _ => default,
            });
        }

        var running = openClient.CreatePipeline(pipeline, new CreatePipeline([new PsCommand("Get-X")]));
        running.Start();
        yield return bytes => running.Receive(bytes);
        var served = openServer.Accept();
        yield return bytes => served.Receive(bytes);

        var resumed = openClient.ResumePipeline(pipeline);
        yield return bytes =>
        {
            resumed.Receive(bytes[..(bytes.Length / 2)]);
            resumed.Replay();
            resumed.Receive(bytes);
            resumed.Settle();
            resumed.Replay();
            resumed.Receive(bytes);
        };
        var connecting = new RunspacePoolClient(pool);
        connecting.Connect();
        yield return bytes => connecting.ReceiveConnectResponse(bytes);
        yield return bytes => openServer.Connect(bytes);
        var keyed = new RunspacePoolClient(pool);
        foreach (var answer in new RunspacePoolServer(new ApplicationPrivateData(null)).Receive(keyed.Open()))
            keyed.Receive(JoinedRoles.Answer(answer));
        keyed.OfferKey(Pair.Value);
        yield return bytes => keyed.Receive(bytes);
    }

    private static void Feed(Action<ReadOnlyMemory<byte>> machine, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            machine(bytes);
        }
        catch (PsrpException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }
}
