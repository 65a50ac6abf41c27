using System.Net;

namespace MailFlowBot.Remote.Transport;

/// <summary>What an answer means that is no envelope, or not one that may be read.</summary>
internal static class StatusFaults
{
    /// <summary>True for a redirect that keeps the method; with POST that is what all of them mean here.</summary>
    public static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 307 or 308;

    /// <returns>Null when the body is an envelope, encrypted where it must be.</returns>
    /// <param name="answer">With its headers read.</param>
    /// <param name="mustBeEncrypted">A plain envelope would be anybody's.</param>
    /// <param name="where">The endpoint in messages.</param>
    /// <param name="who">The account in messages.</param>
    /// <param name="now">For Retry-After.</param>
    public static TransportException? Of(HttpResponseMessage answer, bool mustBeEncrypted, string where, string who, DateTimeOffset now)
    {
        var headers = answer.Content.Headers;
        var type = headers.ContentType?.MediaType;
        var isEncrypted = EncryptedMultipart.Is(type);
        var isSoap = isEncrypted || IsSoap(type);
        var status = (int)answer.StatusCode;
        if (headers.ContentLength is > TransportLimits.MaxAnswer)
        {
            return new TransportException(
                TransportFault.AnswerTooLarge, Delivery.Unknown, $"{where} announces an answer of {headers.ContentLength} bytes; the limit is {TransportLimits.MaxAnswer}.");
        }

        if (headers.ContentEncoding.Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
            return Bad($"{where} compresses its answer though identity was asked for; switch compression off there or on the proxy between.");
        if (isSoap && status is 200 or 500 || isSoap && !mustBeEncrypted && status != 401)
        {
            return isEncrypted == mustBeEncrypted ? null
                : mustBeEncrypted ? Bad($"{where} sent an answer in the clear over a connection that encrypts.")
                : Bad($"{where} encrypts its answer though nothing was agreed.");
        }

        return OfStatus(status, where, who, answer, now) ?? Bad(
            type is "text/html" ? $"{where} answered with a web page (status {status}); is the path right, and does a proxy or a portal stand between?"
            : $"{where} answered with status {status} and no envelope.");

        TransportException Bad(string message) => new(TransportFault.BadAnswer, Delivery.Unknown, message) { Status = status };
    }

    /// <summary>The statuses with which HTTP refuses before any service has seen the request; null for others.</summary>
    public static TransportException? OfStatus(int status, string where, string who, HttpResponseMessage answer, DateTimeOffset now) => status switch
    {
        401 => Refused(TransportFault.Unauthorized, $"{where} does not accept {who}."),
        403 => Refused(TransportFault.Forbidden, $"{where} gives {who} no right; grant it on the endpoint (remote PowerShell and a role for Exchange)."),
        404 => Refused(TransportFault.NotFound, $"{where} is not there: check port, path and virtual directory."),
        405 => Refused(TransportFault.NotFound, $"{where} takes no requests of this kind: check the path."),
        407 => Refused(TransportFault.NotConfigured, $"The proxy before {where} wants authentication, which is not supported."),
        413 => Refused(TransportFault.RequestTooLarge, $"{where} refuses the size of the request."),
        503 => Refused(TransportFault.Unavailable, $"{where} cannot serve now (503); its application pool may be stopped.", RetryAfter(answer, now)),
        _ => null,

        // Refusals of HTTP itself: the request was not given to any service, so nothing can have happened.
    };

    private static TransportException Refused(TransportFault fault, string message, TimeSpan? retryAfter = null) =>
        new(fault, Delivery.NotSent, message) { RetryAfter = retryAfter };

    // No type at all is taken for SOAP: the reader above tells soon enough.
    private static bool IsSoap(string? type) => type is null
        || type.Equals("application/soap+xml", StringComparison.OrdinalIgnoreCase)
        || type.Equals("text/xml", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/xml", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now)
    {
        var wait = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
