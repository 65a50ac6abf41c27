namespace MailFlowBot.Remote.Wsman;

/// <summary>Whether an answer is one to the request: by its id, its kind and what it speaks of.</summary>
internal static class AnswerCheck
{
    /// <exception cref="WsmanException">It is not.</exception>
    public static void Demand(WsmanRequest request, WsmanResponse response)
    {
        // A fault about the envelope itself may lack RelatesTo: the server could not read the id.
        var related = response.RelatesTo is { } id
            ? id == request.Header.MessageId
            : response is WsmanResponse.Faulted || request is WsmanRequest.Identify;
        if (!related)
        {
            throw new WsmanException(
                EnvelopeFault.NotRelated,
                $"The answer relates to {response.RelatesTo?.Value ?? "nothing"}, the request was {request.Header.MessageId}.");
        }

        if (response is not WsmanResponse.Faulted && !Answers(request, response))
        {
            throw new WsmanException(
                EnvelopeFault.Unexpected,
                $"The answer to {request.GetType().Name} is {response.GetType().Name} or belongs to another command.");
        }
    }

    private static bool Answers(WsmanRequest request, WsmanResponse response) => request switch
    {
        WsmanRequest.Create => response is WsmanResponse.Created,
        WsmanRequest.Command command => response is WsmanResponse.CommandAccepted accepted && accepted.Id == command.Id,
        WsmanRequest.Receive receive => response is WsmanResponse.Received received && Belongs(received, receive.CommandId),
        WsmanRequest.Send => response is WsmanResponse.Sent,
        WsmanRequest.Signal => response is WsmanResponse.Signalled,
        WsmanRequest.Disconnect => response is WsmanResponse.Disconnected,
        WsmanRequest.Reconnect => response is WsmanResponse.Reconnected,
        WsmanRequest.Connect => response is WsmanResponse.Connected,
        WsmanRequest.Delete => response is WsmanResponse.Deleted,
        WsmanRequest.Get get => response is WsmanResponse.Described described && described.Shell.Id == get.Header.Shell,
        WsmanRequest.Enumerate => response is WsmanResponse.Enumerated { IsPull: false },
        WsmanRequest.Pull => response is WsmanResponse.Enumerated { IsPull: true },
        WsmanRequest.Identify => response is WsmanResponse.Identified,
        WsmanRequest.Other => false,
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private static bool Belongs(WsmanResponse.Received received, CommandId? command)
    {
        foreach (var block in received.Blocks)
        {
            if (block.Command != command)
                return false;
        }

        return received.State?.Command is null || received.State.Command == command;
    }
}
