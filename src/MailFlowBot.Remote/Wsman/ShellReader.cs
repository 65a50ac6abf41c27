namespace MailFlowBot.Remote.Wsman;

/// <summary>Reads what a server says about shells and commands: after Create and Get, and in lists.</summary>
internal static class ShellReader
{
    /// <summary>WinRM 1.1 names the shell only in the reference, later ones in rsp:Shell as well.</summary>
    public static ShellDescription Created(Envelope envelope)
    {
        var reference = envelope.Payload("ResourceCreated", WsmanNames.Transfer)?.Child("ReferenceParameters", WsmanNames.Addressing);
        var said = envelope.Payload("Shell", WsmanNames.Shell);
        var id = reference?.Child("SelectorSet", WsmanNames.Wsman) is { } selectors ? Selected(selectors) : null;
        id ??= said is null ? null : Id(said);
        var resource = reference?.Child("ResourceURI", WsmanNames.Wsman)?.Value();
        return said is null
            ? new ShellDescription(id ?? throw EnvelopeElement.Missing("ShellId"), resource)
            : Describe(said, id ?? throw EnvelopeElement.Missing("ShellId"), resource);
    }

    /// <summary>An element rsp:Shell.</summary>
    public static ShellDescription Shell(EnvelopeElement shell) =>
        Describe(shell, Id(shell) ?? throw EnvelopeElement.Missing("ShellId"), null);

    /// <summary>An element rsp:Command.</summary>
    public static CommandDescription Command(EnvelopeElement command) => new(
        new CommandId(EnvelopeElement.Guid(command.Child("CommandId", WsmanNames.Shell)?.Value(), "CommandId")),
        Text(command, "CommandState"));

    /// <summary>The ShellId among selectors; null when there is none.</summary>
    /// <exception cref="WsmanException">There are two: which shell is meant is not for us to guess.</exception>
    public static ShellId? Selected(EnvelopeElement selectors)
    {
        ShellId? id = null;
        foreach (var selector in selectors.Children)
        {
            if (!string.Equals(selector.Attribute("Name"), WsmanNames.ShellIdSelector, StringComparison.OrdinalIgnoreCase))
                continue;
            if (id is not null)
                throw new WsmanException(EnvelopeFault.BadElement, "The envelope has more than one selector ShellId.");
            id = new ShellId(selector.Value());
        }

        return id;
    }

    private static ShellDescription Describe(EnvelopeElement shell, ShellId id, string? resource) => new(
        id,
        resource ?? Text(shell, "ResourceUri"),
        Text(shell, "Name") ?? shell.Attribute("Name"),
        Text(shell, "Owner"),
        Time(shell, "IdleTimeOut"),
        Time(shell, "MaxIdleTimeOut"),
        Text(shell, "State"),
        Text(shell, "ClientIP"),
        Time(shell, "ShellRunTime"),
        Time(shell, "ShellInactivity"));

    private static ShellId? Id(EnvelopeElement shell) =>
        (Text(shell, "ShellId") ?? shell.Attribute("ShellId")) is { Length: > 0 } text ? new ShellId(text) : null;

    private static string? Text(EnvelopeElement shell, string name) => shell.Child(name, WsmanNames.Shell)?.Value();

    private static TimeSpan? Time(EnvelopeElement shell, string name) => shell.Child(name, WsmanNames.Shell)?.Duration();
}
