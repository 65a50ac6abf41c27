namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// The server's machine for an endpoint: its shells, their commands and their output. Envelopes in, <see cref="ShellStep"/>s out;
/// no I/O and no clock: the caller keeps the time of a waiting Receive. Not thread-safe.
/// </summary>
/// <remarks><para><c>newId</c>: source of message ids.</para></remarks>
internal sealed class ShellServer(ShellServerOptions options, Func<Guid> newId)
{
    // Element, attributes and CommandId around one block of output.
    private const int BlockOverhead = 96;

    private readonly Dictionary<ShellId, ServedShell> _shells = [];

    public IReadOnlyCollection<ShellId> Shells => _shells.Keys;

    /// <summary>How many commands of a shell were not terminated yet; 0 for an unknown shell.</summary>
    public int CommandCount(ShellId shell) => _shells.TryGetValue(shell, out var served) ? served.Commands.Count : 0;

    public ShellStep Receive(ReadOnlyMemory<byte> envelope)
    {
        if (envelope.Length > options.MaxEnvelopeSize)
            return Fault(null, ServerFaults.TooLarge(envelope.Length, options.MaxEnvelopeSize));
        WsmanRequest request;
        try
        {
            request = RequestReader.Read(envelope);
        }
        catch (WsmanException e)
        {
            return Fault(null, ServerFaults.Envelope(e));
        }

        if (request is WsmanRequest.Other other)
            return Fault(request, ServerFaults.UnknownAction(other.Action));
        if (!string.Equals(request.Header.ResourceUri, options.ResourceUri, StringComparison.OrdinalIgnoreCase))
            return Fault(request, ServerFaults.UnknownResource(request.Header.ResourceUri));
        if (request is WsmanRequest.Create create)
            return Create(create);
        if (request.Header.Shell is not { } id || !_shells.TryGetValue(id, out var shell))
            return Fault(request, ServerFaults.UnknownShell(request.Header.Shell));
        return request switch
        {
            WsmanRequest.Command command => Command(shell, command),
            WsmanRequest.Receive receive => Wait(shell, receive),
            WsmanRequest.Send send => Send(shell, send),
            WsmanRequest.Signal signal => Signal(shell, signal),
            WsmanRequest.Delete => Delete(shell, request),
            _ => throw new InvalidOperationException($"No step for {request.GetType().Name}."),
        };
    }

    /// <summary>Output for the shell, or for a command of it. Output for what is gone is dropped, as Windows does.</summary>
    public void Enqueue(ShellId shell, CommandId? command, ReadOnlyMemory<byte> content) => Stream(shell, command)?.Add(content);

    /// <summary>No more output follows for the command.</summary>
    public void Finish(ShellId shell, CommandId command)
    {
        if (Stream(shell, command) is { } stream)
            stream.IsDone = true;
    }

    /// <summary>Forgets all shells, as a restart of the service does; what waits is aborted.</summary>
    public void Clear() => _shells.Clear();

    /// <summary>The answer to a waiting Receive; null while there is nothing to say.</summary>
    public WsmanAnswer? Poll(ReceiveTicket ticket)
    {
        var command = ticket.Request.CommandId;
        if (Stream(ticket.Shell, command) is not { } stream || !ReferenceEquals(stream.Waiting, ticket))
            return Answer(ticket.Request, ServerFaults.Aborted);
        if (stream.IsEmpty && !stream.IsDone)
            return null;
        return Keep(stream, ticket, Output(stream, ticket.Request));
    }

    /// <summary>The answer to a Receive whose time is over.</summary>
    public WsmanAnswer TimeOut(ReceiveTicket ticket) =>
        Poll(ticket) ?? Keep(Stream(ticket.Shell, ticket.Request.CommandId)!, ticket, Answer(ticket.Request, ServerFaults.TimedOut));

    /// <summary>
    /// Takes a step back whose content the layer above refused: the shell or command is gone, and a fault is the answer.
    /// </summary>
    public WsmanAnswer Reject(ShellStep step, WsmanFault fault)
    {
        switch (step)
        {
            case ShellStep.ShellRequested created:
                _shells.Remove(created.Shell);
                return Answer(created.Request, fault);
            case ShellStep.CommandRequested started:
                _shells.GetValueOrDefault(started.Shell)?.Commands.Remove(started.Command);
                return Answer(started.Request, fault);
            case ShellStep.InputReceived input:
                return Answer(input.Request, fault);
            default:
                throw new ArgumentOutOfRangeException(nameof(step), $"{step.GetType().Name} cannot be rejected.");
        }
    }

    private ShellStep Create(WsmanRequest.Create request)
    {
        var version = request.Header.Option(WsmanNames.ProtocolVersionOption);
        if (version is null)
        {
            return Fault(request, new WsmanFault(
                WsmanFaultCode.PluginProtocolVersionMissing, null, $"The option {WsmanNames.ProtocolVersionOption} is missing."));
        }

        if (!Version.TryParse(version, out var parsed) || parsed.Major != 2)
        {
            return Fault(request, new WsmanFault(
                WsmanFaultCode.PluginProtocolVersionUnsupported,
                null,
                $"The option {WsmanNames.ProtocolVersionOption} says {version}; 2.x is served."));
        }

        if (request.CreationXml.IsEmpty)
            return Fault(request, new WsmanFault(WsmanFaultCode.InvalidParameter, "InvalidParameter", "The shell has no creationXml."));
        var id = request.Shell ?? ShellId.From(newId());
        if (_shells.ContainsKey(id))
            return Fault(request, ServerFaults.Exists($"Shell {id}"));
        if (_shells.Count >= options.MaxShells)
        {
            return Fault(request, new WsmanFault(
                WsmanFaultCode.MaxShellsPerUser, "QuotaLimit", $"This user has {_shells.Count} shells open; {options.MaxShells} are allowed."));
        }

        var idle = request.IdleTimeOut is { } asked && asked <= options.MaxIdleTimeOut ? asked : options.IdleTimeOut;
        var shell = new ServedShell(new ShellDescription(id, options.ResourceUri, request.Name, options.Owner, idle, options.MaxIdleTimeOut));
        _shells.Add(id, shell);
        return new ShellStep.ShellRequested(
            id, request.CreationXml, request, Answer(new WsmanResponse.Created(NextId(), request.Header.MessageId, shell.Description)));
    }

    private ShellStep Command(ServedShell shell, WsmanRequest.Command request)
    {
        if (shell.Commands.Count >= options.MaxCommandsPerShell)
        {
            return Fault(request, new WsmanFault(
                WsmanFaultCode.MaxCommandsPerShell, "QuotaLimit", $"The shell has {shell.Commands.Count} commands that were not terminated."));
        }

        if (!shell.Commands.TryAdd(request.Id, new ServedStream()))
            return Fault(request, ServerFaults.Exists($"Command {request.Id}"));
        return new ShellStep.CommandRequested(
            shell.Description.Id,
            request.Id,
            request.Arguments,
            request,
            Answer(new WsmanResponse.CommandAccepted(NextId(), request.Header.MessageId, request.Id)));
    }

    private ShellStep Wait(ServedShell shell, WsmanRequest.Receive request)
    {
        if (shell.Find(request.CommandId) is not { } stream)
            return Fault(request, ServerFaults.UnknownCommand(request.CommandId));
        if (request.DesiredStream != WsmanNames.StandardOutput)
        {
            return Fault(request, new WsmanFault(
                WsmanFaultCode.PluginBadOutputStream, null, $"There is no output stream '{request.DesiredStream}'."));
        }

        if (EnvelopeBudget.Payload(Limit(request), Empty(request)) <= BlockOverhead)
            return Fault(request, ServerFaults.TooSmall(request.Header.MaxEnvelopeSize));
        if (stream.Last is { } last && last.MessageId == request.Header.MessageId)
            return new ShellStep.Answered(last.Answer);
        var ticket = new ReceiveTicket(request, shell.Description.Id);
        stream.Waiting = ticket;
        return new ShellStep.Polling(ticket);
    }

    private ShellStep Send(ServedShell shell, WsmanRequest.Send request)
    {
        if (shell.Find(request.CommandId) is null)
            return Fault(request, ServerFaults.UnknownCommand(request.CommandId));
        if (request.Stream is not (WsmanNames.StandardInput or WsmanNames.PromptResponse))
            return Fault(request, new WsmanFault(WsmanFaultCode.PluginBadInputStream, null, $"There is no input stream '{request.Stream}'."));
        return new ShellStep.InputReceived(
            shell.Description.Id,
            request.CommandId,
            request.Stream,
            request.Content,
            request,
            Answer(new WsmanResponse.Sent(NextId(), request.Header.MessageId)));
    }

    private ShellStep Signal(ServedShell shell, WsmanRequest.Signal request)
    {
        if (request.CommandId is not { } command || shell.Find(command) is null)
            return Fault(request, ServerFaults.UnknownCommand(request.CommandId));
        var answer = Answer(new WsmanResponse.Signalled(NextId(), request.Header.MessageId));
        if (string.Equals(request.Code, WsmanNames.StopSignal, StringComparison.Ordinal))
            return new ShellStep.StopRequested(shell.Description.Id, command, answer);
        shell.Commands.Remove(command);
        return new ShellStep.CommandClosed(shell.Description.Id, command, answer);
    }

    private ShellStep.ShellDeleted Delete(ServedShell shell, WsmanRequest request)
    {
        _shells.Remove(shell.Description.Id);
        return new ShellStep.ShellDeleted(shell.Description.Id, Answer(new WsmanResponse.Deleted(NextId(), request.Header.MessageId)));
    }

    private WsmanAnswer Output(ServedStream stream, WsmanRequest.Receive request)
    {
        var blocks = stream.Take(EnvelopeBudget.Payload(Limit(request), Empty(request)), BlockOverhead);

        // Done only after all data: a client may stop reading at Done.
        var state = request.CommandId is { } command
            ? stream is { IsDone: true, IsEmpty: true }
                ? new CommandState(command, WsmanNames.StateDone, 0)
                : new CommandState(command, WsmanNames.StateRunning, null)
            : null;
        return Answer(new WsmanResponse.Received(
            NextId(),
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

    private ServedStream? Stream(ShellId shell, CommandId? command) => _shells.GetValueOrDefault(shell)?.Find(command);

    private static WsmanAnswer Keep(ServedStream stream, ReceiveTicket ticket, WsmanAnswer answer)
    {
        stream.Waiting = null;
        stream.Last = (ticket.Request.Header.MessageId, answer);
        return answer;
    }

    private ShellStep.Answered Fault(WsmanRequest? request, WsmanFault fault) => new(Answer(request, fault));

    private WsmanAnswer Answer(WsmanRequest? request, WsmanFault fault) =>
        Answer(new WsmanResponse.Faulted(NextId(), request?.Header.MessageId, fault));

    private static WsmanAnswer Answer(WsmanResponse response) => new(response is WsmanResponse.Faulted, ResponseWriter.Write(response));

    private MessageId NextId() => MessageId.From(newId());
}
