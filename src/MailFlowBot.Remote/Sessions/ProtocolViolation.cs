namespace MailFlowBot.Remote.Sessions;

/// <summary>The server sent what no server may send; the session is dead and another attempt will hardly do better.</summary>
internal sealed class ProtocolViolation : RemoteException
{
    public ProtocolViolation(string message, Exception inner)
        : base(message, inner)
    {
    }
}
