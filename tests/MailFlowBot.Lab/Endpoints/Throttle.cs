using System.Globalization;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Lab.Endpoints;

/// <summary>Exchange's user load quota: so many commands in a window, then a text that names a waiting time. Thread-safe.</summary>
internal sealed class Throttle(LabQuotas quotas, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _commands = new();

    /// <summary>Counts a command; the error when it is one too many.</summary>
    public ErrorRecord? Count(string cmdlet)
    {
        if (quotas.CommandsPerWindow is not { } most)
            return null;
        lock (_gate)
        {
            while (_commands.TryPeek(out var first) && time.GetElapsedTime(first) > quotas.ThrottleWindow)
                _commands.Dequeue();
            if (_commands.Count < most)
            {
                _commands.Enqueue(time.GetTimestamp());
                return null;
            }

            var left = quotas.ThrottleWindow - time.GetElapsedTime(_commands.Peek());
            return Error(cmdlet, most, quotas.ThrottleWindow, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    /// <summary>The error record; its text has the shape of Exchange's, since clients read the milliseconds from it.</summary>
    public static ErrorRecord Error(string cmdlet, int requests, TimeSpan window, TimeSpan wait) => ErrorRecord.Of(
        ErrorCategory.ResourceUnavailable,
        $"UserLoadQuota,{cmdlet}",
        "Microsoft.Exchange.Data.Directory.OverBudgetException",
        string.Create(
            CultureInfo.InvariantCulture,
            $"The user load quota of {requests} requests per {window.TotalSeconds:0} seconds is used up; the request is not approved for {Math.Ceiling(wait.TotalMilliseconds):0} milliseconds."),
        activity: cmdlet);
}
