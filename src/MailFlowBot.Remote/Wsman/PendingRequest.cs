namespace MailFlowBot.Remote.Wsman;

/// <summary>A request on its way, with what is needed to check its answer.</summary>
internal sealed record PendingRequest(WsmanRequest Request, ReadOnlyMemory<byte> Envelope)
{
    public static PendingRequest For(WsmanRequest request) => new(request, RequestWriter.Write(request));
}
