namespace MailFlowBot.Remote.Psrp;

/// <summary>Why received PSRP bytes were refused.</summary>
internal enum PsrpFault
{
    /// <summary>A fragment header that MS-PSRP 2.2.4 does not allow, or fragments out of order.</summary>
    BadFragment,

    /// <summary>An object or its announced part is larger than <see cref="PsrpLimits"/> allow.</summary>
    TooLarge,

    /// <summary>A message header that MS-PSRP 2.2.1 does not allow, or one addressed to somebody else.</summary>
    BadMessage,

    /// <summary>A message body that is no readable CLIXML or lacks a required property.</summary>
    BadBody,

    /// <summary>A message that is not legal in the present state.</summary>
    OutOfOrder,

    /// <summary>The peer speaks a protocol version that this side does not.</summary>
    VersionMismatch,

    /// <summary>The stream ended inside an object.</summary>
    Truncated,

    /// <summary>After a lost answer was asked for again, something between what was received and what comes now is missing.</summary>
    Gap,

    /// <summary>A key of the key exchange or a secure string that is none, or made with another key.</summary>
    BadSecret,
}

/// <summary>
/// The peer broke the PowerShell Remoting Protocol. The one exception that received bytes can cause in this namespace; the
/// machine that threw it is broken and accepts nothing more.
/// </summary>
internal sealed class PsrpException(PsrpFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public PsrpFault Fault { get; } = fault;
}
