using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>No answer came, or the session is dead; open a new one.</summary>
internal sealed class ConnectionLost : RemoteException
{
    public ConnectionLost(Delivery delivery, string message, Exception? inner = null)
        : base(message, inner)
    {
        Delivery = delivery;
        IsTransient = inner is not TransportException { IsTransient: false };
    }

    public override Delivery Delivery { get; }

    /// <summary>False when the connection cannot work before somebody changes something: a name, a certificate, a ticket.</summary>
    public override bool IsTransient { get; }

    public override TimeSpan? RetryAfter => (InnerException as TransportException)?.RetryAfter;
}
