using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Simulation;

/// <summary>A cmdlet of a simulated endpoint.</summary>
/// <param name="Mandatory">Parameters that must be given.</param>
/// <param name="Optional">Parameters that may be given; the common ones of every cmdlet come on top.</param>
/// <param name="Run">Carries it out once its parameters are bound.</param>
internal sealed record SimulatedCmdlet(
    string Name, IReadOnlyList<string> Mandatory, IReadOnlyList<string> Optional, Func<CmdletCall, Task<PipelineResult>> Run)
{
    private static readonly string[] OnEveryCmdlet = ["ErrorAction", "WarningAction", "InformationAction", "Verbose", "Debug"];

    /// <summary>Parameters that take certain values only.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ValueSets { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Only cmdlets that change something can be asked to confirm.</summary>
    public bool Changes => Optional.Contains("Confirm");

    public CommandMetadata Metadata => new(Name, [.. Mandatory, .. Optional]);

    /// <summary>What PowerShell says when the parameters do not fit; null when they do.</summary>
    public ErrorRecord? Bind(PsCommand command)
    {
        foreach (var parameter in command.Parameters)
        {
            if (!Knows(parameter.Name ?? ""))
                return EndpointErrors.UnknownParameter(Name, parameter.Name ?? "(positional)");
        }

        var missing = Mandatory.Where(parameter => command[parameter] is null).ToList();
        if (missing.Count > 0)
            return EndpointErrors.MissingParameters(Name, missing);
        foreach (var (parameter, set) in ValueSets)
        {
            if (command[parameter] is { } value && !set.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase))
                return EndpointErrors.NotInSet(Name, parameter, value.ToString() ?? "", set);
        }

        return null;
    }

    private bool Knows(string parameter) =>
        Mandatory.Concat(Optional).Concat(OnEveryCmdlet).Contains(parameter, StringComparer.OrdinalIgnoreCase);
}
