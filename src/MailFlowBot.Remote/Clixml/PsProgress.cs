namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// PR: a progress record that was sent as a value. Seen from PowerShell 7; MS-PSRP 2.2.5.1.25 knows only the property bag that
/// progress messages carry.
/// </summary>
internal sealed record PsProgress
{
    public string Activity { get; init; } = "";

    public int ActivityId { get; init; }

    public string? CurrentOperation { get; init; }

    /// <summary>-1: none.</summary>
    public int ParentActivityId { get; init; } = -1;

    /// <summary>0 to 100; -1: not known.</summary>
    public int PercentComplete { get; init; } = -1;

    /// <summary><c>Processing</c> or <c>Completed</c>.</summary>
    public string RecordType { get; init; } = "";

    /// <summary>-1: not known.</summary>
    public int SecondsRemaining { get; init; } = -1;

    public string StatusDescription { get; init; } = "";
}
