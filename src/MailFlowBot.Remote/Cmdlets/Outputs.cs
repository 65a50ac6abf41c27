using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>The objects each command of a <see cref="ReadCmdlet"/> gave, in the order of its commands.</summary>
internal sealed class Outputs
{
    private readonly IReadOnlyList<object?>?[] _perCommand;

    /// <param name="perCommand">Null for a command that failed and may fail.</param>
    public Outputs(params IReadOnlyList<object?>?[] perCommand) => _perCommand = perCommand;

    /// <summary>Objects of the only, or first, command.</summary>
    public IReadOnlyList<PsObject> Objects => Of(0) ?? [];

    /// <summary>Objects of one command; null when it failed. Plain values among them are passed over.</summary>
    public IReadOnlyList<PsObject>? Of(int command) =>
        command < _perCommand.Length ? _perCommand[command]?.OfType<PsObject>().ToList() : null;
}
