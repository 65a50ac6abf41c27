namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// The server's machine for an endpoint: its shells, their commands and their output. Envelopes in, <see cref="ShellStep"/>s out;
/// no I/O and no clock: the caller keeps the time of a waiting Receive and passes <c>now</c> in. Not thread-safe.
/// </summary>
internal sealed class ShellServer
{
    private readonly Dictionary<ShellId, ServedShell> _shells = [];
    private readonly ShellServerOptions _options;
    private readonly Func<Guid> _newId;
    private readonly ServerAnswers _answers;
    private readonly ShellQuotas _quotas;
    private readonly ServedReceives _receives;
    private readonly ServedLists _lists;

    /// <param name="options">What is served.</param>
    /// <param name="newId">Source of message ids, and of shell ids where the client proposes none.</param>
    public ShellServer(ShellServerOptions options, Func<Guid> newId)
    {
        _options = options;
        _newId = newId;
        _answers = new ServerAnswers(newId);
        _quotas = new ShellQuotas(options, _shells.Values);
        _receives = new ServedReceives(options, _quotas, _answers);
        _lists = new ServedLists(options, _shells.Values, _answers);
    }

    public IReadOnlyCollection<ShellId> Shells => _shells.Keys;

    /// <summary>How many commands of a shell were not terminated yet; 0 for an unknown shell.</summary>
    public int CommandCount(ShellId shell) => _shells.TryGetValue(shell, out var served) ? served.Commands.Count : 0;

    public ShellStep Receive(ReadOnlyMemory<byte> envelope, ShellCaller caller, DateTimeOffset now)
    {
        if (envelope.Length > _options.MaxEnvelopeSize)
            return Fault(null, ServerFaults.TooLarge(envelope.Length, _options.MaxEnvelopeSize));
        try
        {
            return Receive(RequestReader.Read(envelope), caller, now);
        }
        catch (WsmanException e)
        {
            return Fault(null, ServerFaults.Envelope(e));
        }
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

    /// <summary>
    /// Ends the shells that were left alone for longer than their IdleTimeOut and says which; disconnects those whose client counts as
    /// lost.
    /// </summary>
    public IReadOnlyList<ShellId> Expire(DateTimeOffset now)
    {
        var expired = _shells.Values.Where(shell => shell.IsExpired(now)).Select(shell => shell.Id).ToList();
        expired.ForEach(id => _shells.Remove(id));
        if (_options.LostAfter is { } lost)
        {
            foreach (var shell in _shells.Values.Where(shell => !shell.IsDisconnected && shell.IsAlone(now, lost)))
                shell.Disconnect(null);
        }

        return expired;
    }

    /// <summary>The answer to a waiting Receive; null while there is nothing to say.</summary>
    public WsmanAnswer? Poll(ReceiveTicket ticket, DateTimeOffset now) =>
        Seen(ticket, now, _receives.Poll(Stream(ticket.Shell, ticket.Request.CommandId), ticket));

    /// <summary>The answer to a Receive whose time is over.</summary>
    public WsmanAnswer TimeOut(ReceiveTicket ticket, DateTimeOffset now) =>
        Seen(ticket, now, _receives.TimeOut(Stream(ticket.Shell, ticket.Request.CommandId), ticket))!;

    /// <summary>The connection of a waiting Receive broke: nobody waits any more.</summary>
    public void Abandon(ReceiveTicket ticket)
    {
        if (Stream(ticket.Shell, ticket.Request.CommandId) is { } stream && ReferenceEquals(stream.Waiting, ticket))
            stream.End(ServerFaults.Aborted);
    }

    /// <summary>Hands the shell over to the session that asked, with what the pool answers it.</summary>
    public WsmanAnswer Connect(ShellStep.ConnectRequested step, ReadOnlyMemory<byte> connectResponseXml)
    {
        if (!_shells.TryGetValue(step.Shell, out var shell))
            return _answers.Fault(step.Request, ServerFaults.UnknownShell(step.Shell));
        shell.Connect(step.Request.Header.SessionId, step.Caller);
        return ServerAnswers.To(new WsmanResponse.Connected(_answers.NextId(), step.Request.Header.MessageId, connectResponseXml));
    }

    /// <summary>
    /// Takes a step back whose content the layer above refused: the shell or command is gone, and a fault is the answer.
    /// </summary>
    public WsmanAnswer Reject(ShellStep step, WsmanFault fault)
    {
        switch (step)
        {
            case ShellStep.ShellRequested created:
                _shells.Remove(created.Shell);
                return _answers.Fault(created.Request, fault);
            case ShellStep.CommandRequested started:
                _shells.GetValueOrDefault(started.Shell)?.Commands.Remove(started.Command);
                return _answers.Fault(started.Request, fault);
            case ShellStep.InputReceived input:
                return _answers.Fault(input.Request, fault);
            case ShellStep.ConnectRequested connect:
                return _answers.Fault(connect.Request, fault);
            default:
                throw new ArgumentOutOfRangeException(nameof(step), $"{step.GetType().Name} cannot be rejected.");
        }
    }

    private ShellStep Receive(WsmanRequest request, ShellCaller caller, DateTimeOffset now)
    {
        switch (request)
        {
            case WsmanRequest.Identify:
                return new ShellStep.Answered(ServerAnswers.Identified());
            case WsmanRequest.Other other:
                return Fault(request, ServerFaults.UnknownAction(other.Action));
            case WsmanRequest.Enumerate enumerate:
                return new ShellStep.Answered(_lists.Enumerate(enumerate, caller, now));
            case WsmanRequest.Pull pull:
                return new ShellStep.Answered(_lists.Pull(pull, caller, now));
            default:
                break;
        }

        if (!Serves(request))
            return Fault(request, ServerFaults.UnknownResource(request.Header.ResourceUri));
        if (request is WsmanRequest.Create create)
            return Create(create, caller, now);
        if (request.Header.Shell is not { } id || !_shells.TryGetValue(id, out var shell))
            return Fault(request, ServerFaults.UnknownShell(request.Header.Shell));
        if (shell.Refuse(request, caller) is { } refusal)
            return Fault(request, refusal);

        // To look at a shell does not keep it alive.
        if (request is WsmanRequest.Get)
            return Answered(new WsmanResponse.Described(_answers.NextId(), request.Header.MessageId, shell.Describe(now)));
        shell.LastSeen = now;
        return request switch
        {
            WsmanRequest.Command command => Command(shell, command),
            WsmanRequest.Receive receive => _receives.Wait(shell, receive),
            WsmanRequest.Send send => Send(shell, send),
            WsmanRequest.Signal signal => Signal(shell, signal),
            WsmanRequest.Disconnect disconnect => Disconnect(shell, disconnect),
            WsmanRequest.Reconnect => Reconnect(shell, request),
            WsmanRequest.Connect connect => TakeOver(shell, connect, caller),
            WsmanRequest.Delete => Delete(shell, request),
            _ => throw new InvalidOperationException($"No step for {request.GetType().Name}."),
        };
    }

    /// <summary>Get and Delete also go by the resource of all shells.</summary>
    private bool Serves(WsmanRequest request) =>
        string.Equals(request.Header.ResourceUri, _options.ResourceUri, StringComparison.OrdinalIgnoreCase)
        || (request is WsmanRequest.Get or WsmanRequest.Delete && request.Header.ResourceUri == WsmanNames.ShellResource);

    private ShellStep Create(WsmanRequest.Create request, ShellCaller caller, DateTimeOffset now)
    {
        if (ProtocolVersion.Refuse(request.Header) is { } refusal)
            return Fault(request, refusal);
        if (request.CreationXml.IsEmpty)
            return Fault(request, new WsmanFault(WsmanFaultCode.InvalidParameter, "InvalidParameter", "The shell has no creationXml."));
        var id = request.Shell ?? ShellId.From(_newId());
        if (_shells.TryGetValue(id, out var there))
        {
            return there is { Created: { } said } && there.CreatedBy == request.Header.MessageId && there.Refuse(request, caller) is null
                ? new ShellStep.Answered(said)
                : Fault(request, ServerFaults.Exists($"Shell {id}"));
        }

        if (_quotas.Shell(caller.User) is { } full)
            return Fault(request, full);
        var idle = request.IdleTimeOut is { } asked && asked <= _options.MaxIdleTimeOut ? asked : _options.IdleTimeOut;
        var description = new ShellDescription(id, _options.ResourceUri, request.Name, caller.User, idle, _options.MaxIdleTimeOut);
        var answer = ServerAnswers.To(new WsmanResponse.Created(_answers.NextId(), request.Header.MessageId, description));
        _shells.Add(id, new ServedShell(description, caller, request, now) { Created = answer });
        return new ShellStep.ShellRequested(id, request.CreationXml, request, answer);
    }

    private ShellStep Command(ServedShell shell, WsmanRequest.Command request)
    {
        if (shell.Commands.TryGetValue(request.Id, out var there))
        {
            return there.Started is { } said && said.MessageId == request.Header.MessageId
                ? new ShellStep.Answered(said.Answer)
                : Fault(request, ServerFaults.Exists($"Command {request.Id}"));
        }

        if (_quotas.Command(shell) is { } full)
            return Fault(request, full);
        var answer = ServerAnswers.To(new WsmanResponse.CommandAccepted(_answers.NextId(), request.Header.MessageId, request.Id));
        shell.Commands.Add(request.Id, new ServedStream { Started = (request.Header.MessageId, answer) });
        return new ShellStep.CommandRequested(shell.Id, request.Id, request.Arguments, request, answer);
    }

    private ShellStep Send(ServedShell shell, WsmanRequest.Send request)
    {
        if (shell.Find(request.CommandId) is null)
            return Fault(request, ServerFaults.UnknownCommand(request.CommandId));
        if (request.Stream is not (WsmanNames.StandardInput or WsmanNames.PromptResponse))
            return Fault(request, new WsmanFault(WsmanFaultCode.PluginBadInputStream, null, $"There is no input stream '{request.Stream}'."));
        return new ShellStep.InputReceived(
            shell.Id,
            request.CommandId,
            request.Stream,
            request.Content,
            request,
            ServerAnswers.To(new WsmanResponse.Sent(_answers.NextId(), request.Header.MessageId)));
    }

    private ShellStep Signal(ServedShell shell, WsmanRequest.Signal request)
    {
        if (request.CommandId is not { } command || shell.Find(command) is null)
            return Fault(request, ServerFaults.UnknownCommand(request.CommandId));
        var answer = ServerAnswers.To(new WsmanResponse.Signalled(_answers.NextId(), request.Header.MessageId));
        if (string.Equals(request.Code, WsmanNames.StopSignal, StringComparison.Ordinal))
            return new ShellStep.StopRequested(shell.Id, command, answer);
        shell.Commands.Remove(command);
        return new ShellStep.CommandClosed(shell.Id, command, answer);
    }

    private ShellStep Disconnect(ServedShell shell, WsmanRequest.Disconnect request)
    {
        if (request.IdleTimeOut is { } asked && (asked > _options.MaxIdleTimeOut || asked <= TimeSpan.Zero))
            return Fault(request, ServerFaults.IdleTimeOut(asked, _options.MaxIdleTimeOut));
        shell.Disconnect(request.IdleTimeOut);
        return new ShellStep.ShellDisconnected(
            shell.Id, ServerAnswers.To(new WsmanResponse.Disconnected(_answers.NextId(), request.Header.MessageId)));
    }

    private ShellStep.Answered Reconnect(ServedShell shell, WsmanRequest request)
    {
        shell.Reconnect();
        return Answered(new WsmanResponse.Reconnected(_answers.NextId(), request.Header.MessageId));
    }

    private ShellStep TakeOver(ServedShell shell, WsmanRequest.Connect request, ShellCaller caller)
    {
        if (request.CommandId is { } command)
        {
            if (shell.Find(command) is null)
                return Fault(request, ServerFaults.UnknownCommand(command));
            var answer = ServerAnswers.To(new WsmanResponse.Connected(_answers.NextId(), request.Header.MessageId, default));
            return new ShellStep.CommandConnected(shell.Id, command, answer);
        }

        if (request.ConnectXml.IsEmpty)
            return Fault(request, ServerFaults.BadConnect);
        return ProtocolVersion.Refuse(request.Header) is { } refusal
            ? Fault(request, refusal)
            : new ShellStep.ConnectRequested(shell.Id, request.ConnectXml, request, caller);
    }

    private ShellStep.ShellDeleted Delete(ServedShell shell, WsmanRequest request)
    {
        _shells.Remove(shell.Id);
        return new ShellStep.ShellDeleted(
            shell.Id, ServerAnswers.To(new WsmanResponse.Deleted(_answers.NextId(), request.Header.MessageId)));
    }

    private ServedStream? Stream(ShellId shell, CommandId? command) => _shells.GetValueOrDefault(shell)?.Find(command);

    // While a Receive waits the shell is in use: the time of being alone starts at its end.
    private WsmanAnswer? Seen(ReceiveTicket ticket, DateTimeOffset now, WsmanAnswer? answer)
    {
        if (answer is not null && ticket.Ended is null && _shells.TryGetValue(ticket.Shell, out var shell))
            shell.LastSeen = now;
        return answer;
    }

    private ShellStep.Answered Fault(WsmanRequest? request, WsmanFault fault) => new(_answers.Fault(request, fault));

    private static ShellStep.Answered Answered(WsmanResponse response) => new(ServerAnswers.To(response));
}
