using MailFlowBot.Lab.Authentication;
using MailFlowBot.Remote.Transport;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Lab.Http;

/// <summary>A request's body as text, and how its answer is to go out.</summary>
/// <param name="Plain">The envelope.</param>
/// <param name="Seal">Encrypts the answer as the request was; null for plain text.</param>
/// <param name="Refusal">Answers the request instead of an endpoint; null when the body is as it should be.</param>
internal sealed record OpenedBody(ReadOnlyMemory<byte> Plain, ConnectionSeal? Seal, LabReply? Refusal)
{
    public static OpenedBody Of(ConnectionSeal? seal, ReadOnlyMemory<byte> body)
    {
        if (seal is null)
            return Refused(body, "The body is encrypted, and no handshake was made on this connection.");
        try
        {
            return new OpenedBody(seal.Open(body.Span), seal, null);
        }
        catch (EncryptedMessageException e)
        {
            return Refused(body, e.Message);
        }
    }

    /// <summary>What http.sys answers before WSMan sees it.</summary>
    public static OpenedBody Refused(ReadOnlyMemory<byte> body, string why) =>
        new(body, null, LabReply.Page(StatusCodes.Status400BadRequest, why));

    /// <summary>Faults and answers go out encrypted, pages of the front end plain.</summary>
    public LabReply Answering(LabReply reply) => Seal is null || reply.Body.IsEmpty || reply.ContentType != LabReply.Soap
        ? reply
        : reply with { Body = Seal.Seal(reply.Body.Span), ContentType = Seal.ContentType };
}
