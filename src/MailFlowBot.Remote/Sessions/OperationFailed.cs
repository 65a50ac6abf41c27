using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// The server refused one request with a fault. Nothing of it was carried out, and the session, if it was open, still is.
/// </summary>
internal sealed class OperationFailed : RemoteException
{
    public OperationFailed(WsmanFault fault, string message)
        : base(message, null) => Fault = fault;

    public WsmanFault Fault { get; }

    public override Delivery Delivery => Delivery.NotSent;

    /// <summary>A quota was hit, or the envelope was too large: the session sends smaller ones from then on.</summary>
    public override bool IsTransient => Fault.Reaction is FaultReaction.Quota or FaultReaction.TooLarge || RetryAfter is not null;

    public override TimeSpan? RetryAfter => ThrottleText.Wait(Fault.Text);
}
