namespace MailFlowBot.Remote.Wsman;

/// <summary>Why an envelope was refused.</summary>
internal enum EnvelopeFault
{
    /// <summary>No well-formed XML, or a document type definition, or too deep.</summary>
    Malformed,

    /// <summary>Well-formed, but no SOAP envelope of WS-Management (an HTML page of a proxy or of IIS, for example).</summary>
    NotAnEnvelope,

    /// <summary>A header or element that is needed is missing or has a wrong value.</summary>
    BadElement,

    /// <summary>Text that should be base64 and is not.</summary>
    BadBase64,

    /// <summary>A Command without exactly one Arguments element (MS-PSRP 3.1.5.3.3).</summary>
    BadArguments,

    /// <summary>Larger than this side accepts.</summary>
    TooLarge,

    /// <summary>The answer belongs to another request.</summary>
    NotRelated,

    /// <summary>An answer of another kind than the request asked for.</summary>
    Unexpected,
}

/// <summary>
/// The peer sent bytes that are no valid WS-Management envelope for this place. The one exception that received bytes can cause
/// in this namespace.
/// </summary>
internal sealed class WsmanException(EnvelopeFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public EnvelopeFault Fault { get; } = fault;
}
