using System.Net;

namespace MailFlowBot.Channels.Teams;

/// <summary>How one try of a call ended.</summary>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Sent">False when the connection was never made, so nothing can have been taken.</param>
/// <param name="RetryAfter">What the connector asks for.</param>
internal sealed record ConnectorOutcome(HttpStatusCode? Status, bool Sent, TimeSpan? RetryAfter);

/// <summary>
/// Whether a call is tried again. A post has no idempotency key, so it is repeated only where it was surely not taken or where Teams asks
/// for it; replacing an activity may be repeated. Pure.
/// </summary>
internal static class ConnectorRetry
{
    private const int MaxThrottled = 5;
    private const int MaxTries = 3;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <param name="tries">Tries that were made already, 1 at least.</param>
    /// <param name="jitter">0 to 1.</param>
    /// <returns>How long to wait before the next try; null to give up.</returns>
    public static TimeSpan? Wait(bool repeatable, ConnectorOutcome outcome, int tries, double jitter)
    {
        var limit = outcome.Status switch
        {
            null when !outcome.Sent => MaxTries,
            HttpStatusCode.TooManyRequests => MaxThrottled,
            HttpStatusCode.PreconditionFailed or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout => repeatable ? MaxTries : 1,
            null or HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => repeatable ? MaxTries : 0,
            _ => 0,
        };
        if (tries > limit)
            return null;
        var wait = outcome.RetryAfter ?? First * Math.Pow(2, tries - 1) * (1 + (jitter / 2));
        return wait > LongestWait ? null : wait;
    }
}
