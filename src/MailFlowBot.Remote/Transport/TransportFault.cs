namespace MailFlowBot.Remote.Transport;

/// <summary>Why an envelope got no answer.</summary>
internal enum TransportFault
{
    /// <summary>The configuration of the endpoint cannot work; somebody must change it.</summary>
    NotConfigured,

    /// <summary>No connection: name, route, port, proxy or time.</summary>
    Unreachable,

    /// <summary>The server's certificate is expired, for another name, or of an authority that is not trusted.</summary>
    Untrusted,

    /// <summary>The server does not accept this account or password. Never tried again: accounts get locked.</summary>
    Unauthorized,

    /// <summary>This side could not get a ticket: none in the cache, expired, clocks apart, name unknown, no KDC.</summary>
    NoTicket,

    /// <summary>The account is known and has no right on the endpoint (403).</summary>
    Forbidden,

    /// <summary>Nothing at this port and path (404, 405), or a web page where an endpoint should be.</summary>
    NotFound,

    /// <summary>The request is larger than the server takes (413).</summary>
    RequestTooLarge,

    /// <summary>The server is there and cannot serve now (503); see <see cref="TransportException.RetryAfter"/>.</summary>
    Unavailable,

    /// <summary>A redirect to where this endpoint may not lead, or too many of them.</summary>
    RedirectRefused,

    /// <summary>An answer that is not HTTP, not encrypted as agreed, damaged, compressed, or not SOAP.</summary>
    BadAnswer,

    /// <summary>An answer larger than the limits.</summary>
    AnswerTooLarge,

    /// <summary>The connection ended before the answer did.</summary>
    BrokenOff,
}
