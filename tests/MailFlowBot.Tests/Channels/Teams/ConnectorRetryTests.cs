using System.Net;
using MailFlowBot.Channels.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class ConnectorRetryTests
{
    [Theory]
    [InlineData(429, false, 5)]
    [InlineData(429, true, 5)]
    [InlineData(412, false, 1)]
    [InlineData(502, false, 1)]
    [InlineData(503, false, 1)]
    [InlineData(504, true, 3)]
    [InlineData(500, false, 0)]
    [InlineData(500, true, 3)]
    [InlineData(408, false, 0)]
    [InlineData(400, true, 0)]
    [InlineData(403, true, 0)]
    [InlineData(404, true, 0)]
    [InlineData(413, true, 0)]
    [InlineData(307, true, 0)]
    public void Repeats_as_often_as_the_answer_allows(int status, bool repeatable, int repeats) =>
        Assert.Equal(repeats, Repeats(repeatable, new ConnectorOutcome((HttpStatusCode)status, Sent: true, null)));

    [Theory]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 3)]
    [InlineData(false, false, 3)]
    [InlineData(false, true, 3)]
    public void Repeats_a_post_without_answer_only_when_nothing_was_sent(bool sent, bool repeatable, int repeats) =>
        Assert.Equal(repeats, Repeats(repeatable, new ConnectorOutcome(null, sent, null)));

    [Fact]
    public void Waits_longer_each_time_and_as_long_as_asked()
    {
        var throttled = new ConnectorOutcome(HttpStatusCode.TooManyRequests, Sent: true, null);
        double[] waits = [.. Enumerable.Range(1, 5).Select(tries => ConnectorRetry.Wait(false, throttled, tries, jitter: 0)!.Value.TotalSeconds)];
        Assert.Equal([2, 4, 8, 16, 32], waits);
        Assert.Equal(TimeSpan.FromSeconds(3), ConnectorRetry.Wait(false, throttled, 1, jitter: 1));
        var asked = throttled with { RetryAfter = TimeSpan.FromSeconds(30) };
        Assert.Equal(TimeSpan.FromSeconds(30), ConnectorRetry.Wait(false, asked, 1, jitter: 1));
        Assert.Null(ConnectorRetry.Wait(false, throttled with { RetryAfter = TimeSpan.FromHours(1) }, 1, jitter: 0));
    }

    private static int Repeats(bool repeatable, ConnectorOutcome outcome) =>
        Enumerable.Range(1, 10).TakeWhile(tries => ConnectorRetry.Wait(repeatable, outcome, tries, jitter: 0) is not null).Count();
}
