namespace MailFlowBot.Remote.Wsman;

/// <summary>A shell as the server keeps it: its own stream and those of its commands.</summary>
internal sealed class ServedShell(ShellDescription description)
{
    public ShellDescription Description { get; } = description;

    public ServedStream Stream { get; } = new();

    public Dictionary<CommandId, ServedStream> Commands { get; } = [];

    /// <summary>Null when there is no such command.</summary>
    public ServedStream? Find(CommandId? command) =>
        command is not { } id ? Stream : Commands.GetValueOrDefault(id);
}
