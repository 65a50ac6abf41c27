namespace MailFlowBot.Remote.Wsman;

/// <summary>The server's Receives: they wait, take each other's place, and are answered with output, a fault or what they were told before.</summary>
internal sealed class ServedReceives(ShellServerOptions options, ShellQuotas quotas, ServerAnswers answers)
{
    // Element, attributes and CommandId around one block of output.
    private const int BlockOverhead = 96;

    // Less output than this in an answer is not worth an exchange. Arbitrary.
    private const int LeastOutput = 128;

    public ShellStep Wait(ServedShell shell, WsmanRequest.Receive request)
    {
        if (shell.Find(request.CommandId) is not { } stream)
            return Fault(request, ServerFaults.UnknownCommand(request.CommandId));
        if (request.DesiredStream != WsmanNames.StandardOutput)
        {
            return Fault(request, new WsmanFault(
                WsmanFaultCode.PluginBadOutputStream, null, $"There is no output stream '{request.DesiredStream}'."));
        }

        if (EnvelopeBudget.Payload(Limit(request), Empty(request)) <= BlockOverhead + LeastOutput)
            return Fault(request, ServerFaults.TooSmall(request.Header.MaxEnvelopeSize));
        if (stream.Last is { } last && last.MessageId == request.Header.MessageId)
            return new ShellStep.Answered(last.Answer);
        if (quotas.Receive(shell, stream) is { } full)
            return Fault(request, full);
        stream.End(ServerFaults.Aborted);
        var ticket = new ReceiveTicket(request, shell.Id);
        stream.Waiting = ticket;
        return new ShellStep.Polling(ticket);
    }

    /// <summary>Null while there is nothing to say. <paramref name="stream"/>: null when the shell or command is gone.</summary>
    public WsmanAnswer? Poll(ServedStream? stream, ReceiveTicket ticket)
    {
        if (stream is null || !ReferenceEquals(stream.Waiting, ticket))
            return answers.Fault(ticket.Request, ticket.Ended ?? ServerFaults.Aborted);
        if (stream.IsEmpty && !stream.IsDone)
            return null;
        return Keep(stream, ticket, Output(stream, ticket.Request));
    }

    public WsmanAnswer TimeOut(ServedStream? stream, ReceiveTicket ticket) =>
        Poll(stream, ticket) ?? Keep(stream!, ticket, answers.Fault(ticket.Request, ServerFaults.TimedOut));

    private WsmanAnswer Output(ServedStream stream, WsmanRequest.Receive request)
    {
        var blocks = stream.Take(EnvelopeBudget.Payload(Limit(request), Empty(request)), BlockOverhead);

        // Done only after all data: a client may stop reading at Done.
        var state = request.CommandId is { } command
            ? stream is { IsDone: true, IsEmpty: true }
                ? new CommandState(command, WsmanNames.StateDone, 0)
                : new CommandState(command, WsmanNames.StateRunning, null)
            : null;
        return ServerAnswers.To(new WsmanResponse.Received(
            answers.NextId(),
            request.Header.MessageId,
            [.. blocks.Select(block => new StreamBlock(WsmanNames.StandardOutput, request.CommandId, block))],
            state));
    }

    private int Limit(WsmanRequest request) => Math.Min(options.MaxEnvelopeSize, request.Header.MaxEnvelopeSize);

    private static int Empty(WsmanRequest.Receive request) => ResponseWriter.Write(new WsmanResponse.Received(
        MessageId.From(Guid.Empty),
        request.Header.MessageId,
        [],
        new CommandState(new CommandId(Guid.Empty), WsmanNames.StateRunning, 0))).Length;

    private ShellStep.Answered Fault(WsmanRequest request, WsmanFault fault) => new(answers.Fault(request, fault));

    private static WsmanAnswer Keep(ServedStream stream, ReceiveTicket ticket, WsmanAnswer answer)
    {
        stream.Waiting = null;
        stream.Last = (ticket.Request.Header.MessageId, answer);
        return answer;
    }
}
