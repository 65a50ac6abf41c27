using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>The last attempts to reach the endpoint failed, so none is made for a while; nothing was sent.</summary>
internal sealed class EndpointUnavailable : RemoteException
{
    public EndpointUnavailable(string message, TimeSpan? retryAfter, Exception? inner = null)
        : base(message, inner) => RetryAfter = retryAfter;

    public override Delivery Delivery => Delivery.NotSent;

    public override TimeSpan? RetryAfter { get; }
}
