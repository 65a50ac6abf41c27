using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>States of a runspace pool (MS-PSRP 2.2.3.4); the numbers are those of the wire, where 2, 3, 4 and 5 occur.</summary>
internal enum RunspacePoolState
{
    BeforeOpen = 0,
    Opening = 1,
    Opened = 2,
    Closed = 3,
    Closing = 4,
    Broken = 5,
    NegotiationSent = 6,
    NegotiationSucceeded = 7,
    Connecting = 8,
    Disconnected = 9,
}

/// <summary>RUNSPACEPOOL_STATE (MS-PSRP 2.2.2.9).</summary>
internal sealed record RunspacePoolStateChange(RunspacePoolState State, ErrorRecord? Reason = null)
{
    public static RunspacePoolStateChange Read(PsObject body) => new(
        (RunspacePoolState)Body.Int32(body, PsrpNames.RunspaceState),
        body[PsrpNames.ExceptionAsErrorRecord] is PsObject reason ? ErrorRecord.Read(reason) : null);

    public PsObject ToObject()
    {
        var body = new PsObject { Extended = { [PsrpNames.RunspaceState] = (int)State } };
        if (Reason is not null)
            body.Extended[PsrpNames.ExceptionAsErrorRecord] = Reason.ToObject();
        return body;
    }
}
