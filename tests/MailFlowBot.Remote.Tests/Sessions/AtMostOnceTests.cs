using System.Text;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>A change on a wire that is cut at every single place: the server sees it at most once, and what is said of it is true.</summary>
public sealed class AtMostOnceTests
{
    private static readonly EndpointName Ex01 = new("EX01");

    public enum Cut
    {
        NotSent,
        LostOnTheWay,
        AnswerLost,
        AnswerTruncated,
        Unavailable,
        PageInstead,
    }

    public static TheoryData<Cut, bool> Cuts
    {
        get
        {
            var data = new TheoryData<Cut, bool>();
            foreach (var cut in Enum.GetValues<Cut>())
            {
                data.Add(cut, false);
                data.Add(cut, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_change_reaches_the_server_at_most_once_wherever_the_wire_is_cut(Cut cut, bool forGood)
    {
        var hit = true;
        for (var place = 0; hit; place++)
        {
            Assert.True(place < 40, "The conversation has fewer requests than this.");
            hit = await ChangeAsync(cut, forGood, place);
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_read_is_answered_wherever_the_wire_is_cut_once(Cut cut, bool _)
    {
        for (var place = 0; place < 8; place++)
        {
            await using var endpoint = Cutting(cut, forGood: false, place, out var isHit);
            await using var pool = Pool(endpoint);

            var outcome = await pool.InvokeReadAsync(Ex01, new PsCommand("Get-X"), default);

            Assert.True(outcome is InvocationOutcome.Completed { Streams.Outputs.Count: 1 }, $"{cut} at {place}: {outcome}");
            _ = isHit();
        }
    }

    private static async Task<bool> ChangeAsync(Cut cut, bool forGood, int place)
    {
        await using var endpoint = Cutting(cut, forGood, place, out var isHit);
        var pool = Pool(endpoint);
        InvocationOutcome? outcome = null;
        RemoteException? thrown = null;
        try
        {
            outcome = await pool.InvokeOnceAsync(Ex01, new PsCommand("Set-X", new PsParameter("Value", place)), default);
        }
        catch (RemoteException e)
        {
            thrown = e;
        }

        await pool.DisposeAsync();
        var ran = endpoint.Changes.Count;
        Assert.InRange(ran, 0, 1);
        Assert.True(outcome is not InvocationOutcome.Completed || ran == 1, $"{cut} at {place}: said to have run, and did not.");
        Assert.True(outcome is not InvocationOutcome.Lost { Delivery: Delivery.NotSent } || ran == 0, $"{cut} at {place}: said not to be sent, and ran.");
        Assert.True(thrown is null || ran == 0, $"{cut} at {place}: {thrown?.Message}, and ran.");
        if (!forGood)
            Assert.Equal(0, endpoint.Server.ShellCount);
        return isHit();
    }

    private static Endpoint Cutting(Cut cut, bool forGood, int place, out Func<bool> isHit)
    {
        var endpoint = new Endpoint
        {
            Configure = options => options with
            {
                RecoveryWindow = forGood ? TimeSpan.Zero : TimeSpan.FromSeconds(20),
                StopTimeout = TimeSpan.FromSeconds(5),
            },
        };
        var wire = new FaultyWire(endpoint.Transport);
        var (count, hit) = (0, false);
        bool Now()
        {
            var index = Interlocked.Increment(ref count) - 1;
            var now = forGood ? index >= place : index == place;
            hit |= now;
            return now;
        }

        var after = cut is Cut.AnswerLost or Cut.AnswerTruncated;
        wire.Before = _ => after || !Now() ? null : cut switch
        {
            Cut.NotSent => throw new TransportException(Delivery.NotSent, "no route"),
            Cut.LostOnTheWay => throw new TransportException(Delivery.Unknown, "reset"),
            Cut.Unavailable => new WsmanReply(503, Encoding.UTF8.GetBytes("<html>busy</html>")),
            _ => new WsmanReply(500, Encoding.UTF8.GetBytes("<html>sorry</html>")),
        };
        wire.After = (_, reply) => !after || !Now() ? reply : cut == Cut.AnswerLost
            ? throw new TransportException(Delivery.Unknown, "reset")
            : FaultyWire.Cut(reply, 30);
        endpoint.Transport = wire;
        isHit = () => hit;
        return endpoint;
    }

    private static SessionPool Pool(Endpoint endpoint) => new(
        (_, cancellation) => endpoint.OpenAsync(cancellation),
        new SessionPoolOptions { Resilience = new ResilienceOptions { FirstPause = TimeSpan.FromMilliseconds(1), ReadAttempts = 3 } });
}
