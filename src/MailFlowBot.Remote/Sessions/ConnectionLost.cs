using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>The session is dead; open a new one.</summary>
internal sealed class ConnectionLost : RemoteException
{
    public ConnectionLost(Delivery delivery, string message, Exception? inner = null)
        : base(message, inner) => Delivery = delivery;

    /// <summary>Whether what was asked may have happened.</summary>
    public Delivery Delivery { get; }
}
