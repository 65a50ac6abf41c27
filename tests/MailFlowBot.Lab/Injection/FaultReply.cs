using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Lab.Injection;

/// <summary>A SOAP fault as the answer to a request.</summary>
internal static class FaultReply
{
    public static LabReply Of(ReadOnlyMemory<byte> request, WsmanFault fault)
    {
        MessageId? asked;
        try
        {
            asked = RequestReader.Read(request).Header.MessageId is { Value: not null } id ? id : null;
        }
        catch (WsmanException)
        {
            // An envelope that cannot be read has no id to relate to.
            asked = null;
        }

        return new LabReply(500, ResponseWriter.Write(new WsmanResponse.Faulted(MessageId.From(Guid.NewGuid()), asked, fault)));
    }
}
