namespace MailFlowBot.Remote.Wsman;

/// <summary>Reads answer envelopes: the client's half.</summary>
internal static class ResponseReader
{
    /// <exception cref="WsmanException">The bytes are no valid answer.</exception>
    public static WsmanResponse Read(ReadOnlyMemory<byte> envelope) => EnvelopeCursor.Read(envelope, Read);

    private static WsmanResponse Read(EnvelopeCursor at)
    {
        string? action = null;
        var messageId = new MessageId(string.Empty);
        MessageId? relatesTo = null;
        WsmanFault? fault = null;
        var created = new CreatedParts();
        CommandId? accepted = null;
        var blocks = new List<StreamBlock>();
        CommandState? state = null;

        at.Envelope(
            header: () =>
            {
                switch (at.Namespace, at.Name)
                {
                    case (WsmanNames.Addressing, "Action"): action = at.Text().Trim(); break;
                    case (WsmanNames.Addressing, "MessageID"): messageId = new MessageId(at.Text().Trim()); break;
                    case (WsmanNames.Addressing, "RelatesTo"): relatesTo = new MessageId(at.Text().Trim()); break;
                    default: break;
                }
            },
            body: () =>
            {
                switch (at.Namespace, at.Name)
                {
                    case (WsmanNames.Soap, "Fault"): fault = FaultReader.Read(at); break;
                    case (WsmanNames.Transfer, "ResourceCreated"): at.Children(() => created.Reference(at)); break;
                    case (WsmanNames.Shell, "Shell"): at.Children(() => created.Shell(at)); break;
                    case (WsmanNames.Shell, "CommandResponse"): at.Children(() => accepted = Accepted(at) ?? accepted); break;
                    case (WsmanNames.Shell, "ReceiveResponse"): at.Children(() => state = Received(at, blocks) ?? state); break;
                    default: break;
                }
            });

        if (fault is not null)
            return new WsmanResponse.Faulted(messageId, relatesTo, fault);
        return action switch
        {
            null => throw EnvelopeCursor.Missing("Action"),
            WsmanNames.CreateAction + WsmanNames.ResponseSuffix => new WsmanResponse.Created(messageId, relatesTo, created.Description()),
            WsmanNames.CommandAction + WsmanNames.ResponseSuffix =>
                new WsmanResponse.CommandAccepted(messageId, relatesTo, accepted ?? throw EnvelopeCursor.Missing("CommandId")),
            WsmanNames.ReceiveAction + WsmanNames.ResponseSuffix => new WsmanResponse.Received(messageId, relatesTo, blocks, state),
            WsmanNames.SendAction + WsmanNames.ResponseSuffix => new WsmanResponse.Sent(messageId, relatesTo),
            WsmanNames.SignalAction + WsmanNames.ResponseSuffix => new WsmanResponse.Signalled(messageId, relatesTo),
            WsmanNames.DeleteAction + WsmanNames.ResponseSuffix => new WsmanResponse.Deleted(messageId, relatesTo),
            _ => new WsmanResponse.Other(messageId, relatesTo, action),
        };
    }

    private static CommandId? Accepted(EnvelopeCursor at) =>
        at.Is("CommandId", WsmanNames.Shell) ? new CommandId(EnvelopeCursor.Guid(at.Text(), "CommandId")) : null;

    private static CommandState? Received(EnvelopeCursor at, List<StreamBlock> blocks)
    {
        if (at.Is("Stream", WsmanNames.Shell))
        {
            var name = at.Attribute("Name") ?? string.Empty;
            var command = OptionalCommand(at);
            blocks.Add(new StreamBlock(name, command, at.Base64()));
            return null;
        }

        if (!at.Is("CommandState", WsmanNames.Shell))
            return null;
        var id = OptionalCommand(at);
        var state = at.Attribute("State") ?? throw EnvelopeCursor.Missing("State on CommandState");
        int? exit = null;
        at.Children(() =>
        {
            if (at.Is("ExitCode", WsmanNames.Shell))
                exit = at.Number();
        });
        return new CommandState(id, state, exit);
    }

    private static CommandId? OptionalCommand(EnvelopeCursor at) =>
        at.Attribute("CommandId") is { Length: > 0 } text ? new CommandId(EnvelopeCursor.Guid(text, "CommandId")) : null;

    /// <summary>WinRM 1.1 names the shell only in the reference, later ones in rsp:Shell as well.</summary>
    private sealed class CreatedParts
    {
        private string? _selector;
        private string? _resource;
        private string? _shellId;
        private string? _name;
        private string? _owner;
        private TimeSpan? _idle;
        private TimeSpan? _maxIdle;

        public void Reference(EnvelopeCursor at)
        {
            if (at.Is("ReferenceParameters", WsmanNames.Addressing))
                at.Children(() => Parameter(at));
        }

        public void Shell(EnvelopeCursor at)
        {
            switch (at.Name)
            {
                case "ShellId": _shellId = at.Text().Trim(); break;
                case "ResourceUri": _resource = at.Text().Trim(); break;
                case "Name": _name = at.Text(); break;
                case "Owner": _owner = at.Text(); break;
                case "IdleTimeOut": _idle = at.Duration(); break;
                case "MaxIdleTimeOut": _maxIdle = at.Duration(); break;
                default: break;
            }
        }

        public ShellDescription Description() => new(
            new ShellId(_selector ?? _shellId ?? throw EnvelopeCursor.Missing("ShellId")),
            _resource,
            _name,
            _owner,
            _idle,
            _maxIdle);

        private void Parameter(EnvelopeCursor at)
        {
            if (at.Is("ResourceURI", WsmanNames.Wsman))
                _resource = at.Text().Trim();
            else if (at.Is("SelectorSet", WsmanNames.Wsman))
                at.Children(() => _selector = at.Attribute("Name") == WsmanNames.ShellIdSelector ? at.Text().Trim() : _selector);
        }
    }
}
