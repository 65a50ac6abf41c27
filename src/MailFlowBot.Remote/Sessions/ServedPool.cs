using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>A runspace pool that an endpoint keeps: its machine, its pipelines, and the one runspace they share.</summary>
internal sealed class ServedPool(ShellId shell, RunspacePoolServer machine)
{
    public ShellId Shell { get; } = shell;

    public RunspacePoolServer Machine { get; } = machine;

    public Dictionary<CommandId, ServedCommand> Commands { get; } = [];

    /// <summary>Exchange runs one pipeline at a time in a runspace; the others wait.</summary>
    public FairGate Runspace { get; } = new();
}
