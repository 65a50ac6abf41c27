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

    /// <summary>True when the same request may succeed later without anybody doing anything: a quota.</summary>
    public bool IsTransient => Fault.IsQuota;
}
