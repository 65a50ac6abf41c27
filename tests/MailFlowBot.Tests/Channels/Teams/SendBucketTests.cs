using MailFlowBot.Channels.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class SendBucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 2, 40, 0, TimeSpan.Zero);

    [Fact]
    public void Lets_a_burst_through_and_then_one_after_the_other()
    {
        var bucket = SendBucket.Full(burst: 3, perSecond: 2, Start);
        var waits = new List<double>();
        for (var at = 0; at < 6; at++)
        {
            (bucket, var wait) = bucket.Take(Start);
            waits.Add(wait.TotalSeconds);
        }

        Assert.Equal([0, 0, 0, 0.5, 1, 1.5], waits);
    }

    [Fact]
    public void Fills_again_up_to_its_burst_and_no_further()
    {
        var (bucket, _) = SendBucket.Full(burst: 2, perSecond: 1, Start).Take(Start);
        Assert.False(bucket.IsFull(Start));
        Assert.True(bucket.IsFull(Start.AddSeconds(1)));
        var later = Start.AddHours(1);
        (bucket, _) = bucket.Take(later);
        (bucket, var second) = bucket.Take(later);
        (_, var third) = bucket.Take(later);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(1)), (second, third));
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_nothing_and_takes_nothing()
    {
        var (bucket, _) = SendBucket.Full(burst: 2, perSecond: 1, Start).Take(Start);
        Assert.Equal(TimeSpan.Zero, bucket.Take(Start.AddHours(-1)).Wait);
    }

    [Fact]
    public void Stays_below_what_Teams_allows_per_thread()
    {
        // 7 in 1 s, 8 in 2 s, 60 in 30 s: channel rates of Teams, over any window.
        var bucket = SendBucket.Full(SendPace.ThreadBurst, 1, Start);
        var sent = new List<double>();
        for (var at = 0; at < 200; at++)
        {
            (bucket, var wait) = bucket.Take(Start);
            sent.Add(wait.TotalSeconds);
        }

        foreach (var (seconds, most) in new[] { (1, 7), (2, 8), (30, 60) })
            Assert.All(sent, from => Assert.True(sent.Count(at => at >= from && at < from + seconds) <= most));
    }
}
