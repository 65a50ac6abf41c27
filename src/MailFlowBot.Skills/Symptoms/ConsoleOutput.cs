using System.Text.RegularExpressions;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// What the shell prints and people paste: rows of Get-Queue, Get-Service, Get-MailboxDatabaseCopyStatus, lists of
/// Test-ServiceHealth.
/// Names of properties and enums are English in every display language.
/// </summary>
internal static partial class ConsoleOutput
{
    public static void Read(NormalizedText text, SignalList signals)
    {
        foreach (Match match in QueueRow().Matches(text.Text))
        {
            var name = match.Groups["queue"].Value;
            var what = match.Groups["type"].Value is "Undefined" || !char.IsAsciiDigit(name[0]) ? name : match.Groups["type"].Value;
            var filled = match.Groups["count"].Value.TrimStart('0').Length > 0;
            signals.Add("queue-state", $"{what}={match.Groups["status"].Value}{(filled ? "" : " empty")}", match.Index, match.Length);
        }

        foreach (Match match in QueueStatus().Matches(text.Text))
            signals.Add("queue-status", match.Groups["status"].Value, match.Index, match.Length);
        foreach (Match match in ServiceRow().Matches(text.Text))
            signals.Add("service-state", $"{match.Groups["name"].Value}={match.Groups["state"].Value}", match.Index, match.Length);
        foreach (Match match in ServiceThenState().Matches(text.Text))
            signals.Add("service-state", $"{match.Groups["name"].Value}={match.Groups["state"].Value}", match.Index, match.Length);
        foreach (Match match in NotRunning().Matches(text.Text))
            signals.Add("service-health", "not-running", match.Index, match.Length);
        foreach (Match match in CopyRow().Matches(text.Text))
            signals.Add("copy-state", match.Groups["state"].Value, match.Index, match.Length);
    }

    [GeneratedRegex(
        @"(?<![\w.\-])[A-Za-z0-9][A-Za-z0-9.\-]{0,62}\\(?<queue>\d{1,10}|Submission|Poison|Unreachable"
        + @"|Shadow\\\d{1,10}) (?<type>[A-Z][A-Za-z]{3,45}) (?<status>Active|Connecting|Ready|Retry"
        + @"|Suspended) (?<count>\d{1,9})(?!\d)",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex QueueRow();

    [GeneratedRegex(
        @"(?m:^) ?Status ?: (?<status>Retry|Suspended|Ready|Connecting|Active)(?![A-Za-z])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex QueueStatus();

    [GeneratedRegex(
        @"(?m:^) ?(?<state>Stopped|StartPending|StopPending|Paused|Running) (?<name>MSExchange[A-Za-z0-9]{1,40}|FMS|W3SVC"
        + @"|ADAM_MSExchange)(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex ServiceRow();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?<name>MSExchange[A-Za-z]{2,40}|FMS)(?: Microsoft Exchange [A-Za-z ]{3,40}?)?(?: ?[:=] ?"
        + @"| )(?<state>Stopped|StartPending|StopPending)(?![A-Za-z])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex ServiceThenState();

    [GeneratedRegex(@"ServicesNotRunning ?: ?\{ ?(?<name>[A-Za-z][A-Za-z0-9_]{1,40})", RegexOptions.CultureInvariant, 500)]
    private static partial Regex NotRunning();

    [GeneratedRegex(
        @"(?<![\w.\-])[A-Za-z0-9][\w.\-]{0,62}\\[A-Za-z0-9][\w.\-]{0,62} (?<state>Mounted|Dismounted|Healthy"
        + @"|FailedAndSuspended|Failed|Suspended|ServiceDown|DisconnectedAndHealthy|Disconnected|Mounting"
        + @"|Dismounting)(?![A-Za-z])",
        RegexOptions.CultureInvariant,
        500)]
    private static partial Regex CopyRow();
}
