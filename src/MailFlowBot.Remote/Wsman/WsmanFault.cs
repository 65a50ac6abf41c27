namespace MailFlowBot.Remote.Wsman;

/// <summary>A SOAP fault of WS-Management.</summary>
/// <param name="Code">WSManFault@Code; also when it is no named value.</param>
/// <param name="Subcode">Local name of the SOAP subcode, e.g. TimedOut; null when there is none.</param>
/// <param name="Text">The text for people, in the server's language: the innermost message that the fault carries.</param>
internal sealed record WsmanFault(WsmanFaultCode Code, string? Subcode, string Text)
{
    /// <summary>The number on the wire, also when it is no named value.</summary>
    public uint RawCode => (uint)Code;

    /// <summary>Who raised it inside the server, e.g. <c>Shell provider</c>; null when the fault does not say.</summary>
    public string? Provider { get; init; }

    /// <summary>Where to go instead; of a redirect only.</summary>
    public string? Location { get; init; }

    /// <summary>Who holds the shell; mostly not said.</summary>
    public string? Owner { get; init; }

    public FaultReaction Reaction => FaultTable.Reaction(Code, Subcode);

    public WsmanQuota Quota => FaultTable.Quota(Code);

    /// <summary>No output within the time: not an error, poll again.</summary>
    public bool IsTimeout => Reaction is FaultReaction.PollAgain;

    /// <summary>The server no longer knows the shell or command, or closed it.</summary>
    public bool IsShellGone => Reaction is FaultReaction.ShellGone or FaultReaction.Closed;

    /// <summary>A quota was hit: waiting helps, and the request was not carried out.</summary>
    public bool IsQuota => Reaction is FaultReaction.Quota;
}
