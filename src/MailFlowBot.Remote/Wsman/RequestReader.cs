namespace MailFlowBot.Remote.Wsman;

/// <summary>Reads request envelopes: the server's half.</summary>
internal static class RequestReader
{
    /// <exception cref="WsmanException">The bytes are no valid request.</exception>
    public static WsmanRequest Read(ReadOnlyMemory<byte> envelope) => EnvelopeCursor.Read(envelope, Read);

    private static WsmanRequest Read(EnvelopeCursor at)
    {
        string? action = null;
        MessageId? messageId = null;
        Guid? session = null;
        ShellId? selector = null;
        var to = string.Empty;
        var resource = string.Empty;
        var maxEnvelope = ShellOptions.DefaultMaxEnvelopeSize;
        var timeout = TimeSpan.FromSeconds(60);
        var options = new List<WsmanOption>();
        Func<RequestHeader, WsmanRequest>? body = null;

        at.Envelope(
            header: () =>
            {
                switch (at.Namespace, at.Name)
                {
                    case (WsmanNames.Addressing, "Action"): action = at.Text().Trim(); break;
                    case (WsmanNames.Addressing, "MessageID"): messageId = new MessageId(at.Text().Trim()); break;
                    case (WsmanNames.Addressing, "To"): to = at.Text().Trim(); break;
                    case (WsmanNames.Wsman, "ResourceURI"): resource = at.Text().Trim(); break;
                    case (WsmanNames.Wsman, "MaxEnvelopeSize"): maxEnvelope = at.Number(); break;
                    case (WsmanNames.Wsman, "OperationTimeout"): timeout = at.Duration(); break;
                    case (WsmanNames.MicrosoftWsman, "SessionId"): session = Uuid(at.Text()); break;
                    case (WsmanNames.Wsman, "SelectorSet"): at.Children(() => selector = Selector(at) ?? selector); break;
                    case (WsmanNames.Wsman, "OptionSet"): at.Children(() => Option(at, options)); break;
                    default: break;
                }
            },
            body: () => body = Body(at, action) ?? body);

        var header = new RequestHeader(
            messageId ?? throw EnvelopeCursor.Missing("MessageID"),
            to,
            resource,
            maxEnvelope,
            timeout,
            session,
            selector,
            options);
        return action switch
        {
            null => throw EnvelopeCursor.Missing("Action"),
            WsmanNames.DeleteAction => new WsmanRequest.Delete(header),
            WsmanNames.CreateAction or WsmanNames.CommandAction or WsmanNames.ReceiveAction
                or WsmanNames.SendAction or WsmanNames.SignalAction =>
                (body ?? throw EnvelopeCursor.Missing($"body for {action}"))(header),
            _ => new WsmanRequest.Other(header, action),
        };
    }

    private static Func<RequestHeader, WsmanRequest>? Body(EnvelopeCursor at, string? action) => (action, at.Namespace, at.Name) switch
    {
        (WsmanNames.CreateAction, WsmanNames.Shell, "Shell") => Shell(at),
        (WsmanNames.CommandAction, WsmanNames.Shell, "CommandLine") => CommandLine(at),
        (WsmanNames.ReceiveAction, WsmanNames.Shell, "Receive") => Receive(at),
        (WsmanNames.SendAction, WsmanNames.Shell, "Send") => Send(at),
        (WsmanNames.SignalAction, WsmanNames.Shell, "Signal") => Signal(at),
        _ => null,
    };

    private static Func<RequestHeader, WsmanRequest> Shell(EnvelopeCursor at)
    {
        var id = at.Attribute("ShellId") is { Length: > 0 } text ? new ShellId(text) : (ShellId?)null;
        var name = at.Attribute("Name");
        string input = string.Empty, output = string.Empty;
        TimeSpan? idle = null;
        ReadOnlyMemory<byte> creation = default;
        at.Children(() =>
        {
            switch (at.Namespace, at.Name)
            {
                case (WsmanNames.Shell, "InputStreams"): input = at.Text().Trim(); break;
                case (WsmanNames.Shell, "OutputStreams"): output = at.Text().Trim(); break;
                case (WsmanNames.Shell, "IdleTimeOut"): idle = at.Duration(); break;
                case (WsmanNames.PowerShell, "creationXml"): creation = at.Base64(); break;
                default: break;
            }
        });
        return header => new WsmanRequest.Create(header, id, name, idle, input, output, creation);
    }

    private static Func<RequestHeader, WsmanRequest> CommandLine(EnvelopeCursor at)
    {
        var id = new CommandId(EnvelopeCursor.Guid(at.Attribute("CommandId"), "CommandLine CommandId"));
        ReadOnlyMemory<byte> arguments = default;
        var count = 0;
        at.Children(() =>
        {
            if (!at.Is("Arguments", WsmanNames.Shell))
                return;
            count++;
            arguments = at.Base64();
        });
        if (count != 1)
            throw new WsmanException(EnvelopeFault.BadArguments, $"CommandLine has {count} Arguments elements; PowerShell takes exactly one.");
        return header => new WsmanRequest.Command(header, id, arguments);
    }

    private static Func<RequestHeader, WsmanRequest> Receive(EnvelopeCursor at)
    {
        CommandId? command = null;
        var stream = string.Empty;
        at.Children(() =>
        {
            if (!at.Is("DesiredStream", WsmanNames.Shell))
                return;
            command = OptionalCommand(at);
            stream = at.Text().Trim();
        });
        return header => new WsmanRequest.Receive(header, command, stream);
    }

    private static Func<RequestHeader, WsmanRequest> Send(EnvelopeCursor at)
    {
        CommandId? command = null;
        string? stream = null;
        ReadOnlyMemory<byte> content = default;
        at.Children(() =>
        {
            if (!at.Is("Stream", WsmanNames.Shell))
                return;
            if (stream is not null)
                throw new WsmanException(EnvelopeFault.BadElement, "Send has more than one Stream element.");
            command = OptionalCommand(at);
            stream = at.Attribute("Name") ?? string.Empty;
            content = at.Base64();
        });
        return header => new WsmanRequest.Send(header, stream ?? throw EnvelopeCursor.Missing("Stream"), command, content);
    }

    private static Func<RequestHeader, WsmanRequest> Signal(EnvelopeCursor at)
    {
        var command = OptionalCommand(at);
        string? code = null;
        at.Children(() =>
        {
            if (at.Is("Code", WsmanNames.Shell))
                code = at.Text();
        });
        return header => new WsmanRequest.Signal(header, command, code ?? throw EnvelopeCursor.Missing("signal Code"));
    }

    private static CommandId? OptionalCommand(EnvelopeCursor at) =>
        at.Attribute("CommandId") is { } text ? new CommandId(EnvelopeCursor.Guid(text, "CommandId")) : null;

    private static ShellId? Selector(EnvelopeCursor at) =>
        string.Equals(at.Attribute("Name"), WsmanNames.ShellIdSelector, StringComparison.OrdinalIgnoreCase)
            ? new ShellId(at.Text().Trim())
            : null;

    private static void Option(EnvelopeCursor at, List<WsmanOption> options)
    {
        if (at.Is("Option", WsmanNames.Wsman) && at.Attribute("Name") is { } name)
        {
            var mustComply = at.Attribute("MustComply") is "true" or "1";
            options.Add(new WsmanOption(name, at.Text().Trim(), mustComply));
        }
    }

    private static Guid? Uuid(string text)
    {
        var value = text.Trim();
        return Guid.TryParse(value.StartsWith("uuid:", StringComparison.OrdinalIgnoreCase) ? value[5..] : value, out var id) ? id : null;
    }
}
