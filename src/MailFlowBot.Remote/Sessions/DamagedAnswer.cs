namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// What came for a request is no answer to it: cut short, damaged on the way, or of a server that breaks the protocol. What was asked may
/// have been carried out.
/// </summary>
internal sealed class DamagedAnswer : RemoteException
{
    public DamagedAnswer(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>A line damages an answer once; a server that always does is noticed by the number of attempts.</summary>
    public override bool IsTransient => true;
}
