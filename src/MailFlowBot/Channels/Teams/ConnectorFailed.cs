namespace MailFlowBot.Channels.Teams;

/// <summary>What a failed call means for the caller.</summary>
internal enum ConnectorFault
{
    /// <summary>The address is not one that the bot may send to; nothing was sent.</summary>
    AddressNotAllowed,

    /// <summary>No token could be had; nothing was sent.</summary>
    NoToken,

    /// <summary>The connector could not be reached or is overloaded; nothing was taken.</summary>
    Unavailable,

    /// <summary>It broke after the body was sent: it may have been taken. Not repeated.</summary>
    OutcomeUnknown,

    /// <summary>403: the bot is not in the conversation, or may not write there.</summary>
    Blocked,

    /// <summary>404: conversation or message is gone.</summary>
    Gone,

    /// <summary>413: the activity is too large.</summary>
    TooLarge,

    /// <summary>Any other refusal: a fault of ours.</summary>
    Refused,
}

/// <summary>A call to the connector failed. The message names call, status and the connector's code, never a body.</summary>
internal sealed class ConnectorFailed(ConnectorFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public ConnectorFault Fault { get; } = fault;
}
