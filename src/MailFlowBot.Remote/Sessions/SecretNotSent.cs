using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>A parameter holds a secret that could not be protected on its way; the command was not sent.</summary>
internal sealed class SecretNotSent : RemoteException
{
    public SecretNotSent(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public override Delivery Delivery => Delivery.NotSent;
}
