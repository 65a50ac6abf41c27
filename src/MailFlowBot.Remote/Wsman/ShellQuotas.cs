namespace MailFlowBot.Remote.Wsman;

/// <summary>The server's quotas. Each question answers null while there is room, else the fault.</summary>
internal sealed class ShellQuotas(ShellServerOptions options, IReadOnlyCollection<ServedShell> shells)
{
    public WsmanFault? Shell(string user)
    {
        var own = shells.Count(shell => IsOf(shell, user));
        if (own >= options.MaxShells)
        {
            return Exceeded(
                options.QuotaWording is QuotaWording.User ? WsmanFaultCode.MaxShellsPerUser : WsmanFaultCode.MaxShellsPerUserQuota,
                $"This user has {own} shells open; {options.MaxShells} are allowed. Close some of them.");
        }

        if (shells.Count >= options.MaxPluginShells)
            return Exceeded(WsmanFaultCode.MaxPluginShells, $"{shells.Count} shells are open here; no more are allowed.");
        return own == 0 && shells.Select(shell => shell.Owner).Distinct(StringComparer.OrdinalIgnoreCase).Count() >= options.MaxUsers
            ? Exceeded(WsmanFaultCode.MaxUsers, $"{options.MaxUsers} users have shells open here; no more are allowed.")
            : null;
    }

    public WsmanFault? Command(ServedShell shell) => shell.Commands.Count < options.MaxCommandsPerShell
        ? null
        : Exceeded(WsmanFaultCode.MaxCommandsPerShell, $"The shell has {shell.Commands.Count} commands that were not terminated.");

    /// <summary>Receives in waiting count; one that takes another's place does not.</summary>
    public WsmanFault? Receive(ServedShell shell, ServedStream stream)
    {
        if (stream.Waiting is not null)
            return null;
        var own = shells.Where(other => IsOf(other, shell.Owner)).Sum(other => other.Waiting);
        if (own >= options.MaxOperations)
        {
            return Exceeded(
                options.QuotaWording is QuotaWording.User ? WsmanFaultCode.MaxOperationsPerUser : WsmanFaultCode.MaxOperationsPerUserQuota,
                $"This user has {own} operations under way; {options.MaxOperations} are allowed.");
        }

        return shells.Sum(other => other.Waiting) >= options.MaxPluginOperations
            ? Exceeded(WsmanFaultCode.MaxPluginOperations, $"{options.MaxPluginOperations} operations are under way here; no more are allowed.")
            : null;
    }

    private static bool IsOf(ServedShell shell, string user) => string.Equals(shell.Owner, user, StringComparison.OrdinalIgnoreCase);

    private static WsmanFault Exceeded(WsmanFaultCode code, string text) => new(code, "QuotaLimit", text);
}
