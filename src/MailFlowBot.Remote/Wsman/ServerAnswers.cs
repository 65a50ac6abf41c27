namespace MailFlowBot.Remote.Wsman;

/// <summary>Makes the server's answers; each has an id of its own.</summary>
internal sealed class ServerAnswers(Func<Guid> newId)
{
    public MessageId NextId() => MessageId.From(newId());

    public WsmanAnswer Fault(WsmanRequest? request, WsmanFault fault) =>
        To(new WsmanResponse.Faulted(NextId(), request?.Header.MessageId, fault));

    public static WsmanAnswer Identified() => To(new WsmanResponse.Identified(
        "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd", "MailFlowBot", "OS: 0.0.0 SP: 0.0 Stack: 3.0", []));

    public static WsmanAnswer To(WsmanResponse response) => new(response is WsmanResponse.Faulted, ResponseWriter.Write(response));
}
