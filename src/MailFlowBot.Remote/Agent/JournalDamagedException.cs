using System.Globalization;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// The journal cannot be relied on, so the agent does not start: with an empty one it would forget what it did and take every grant
/// for new.
/// </summary>
public sealed class JournalDamagedException : IOException
{
    public JournalDamagedException()
    {
    }

    public JournalDamagedException(string message)
        : base(message)
    {
    }

    public JournalDamagedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <param name="journal">The file.</param>
    /// <param name="line">From 1.</param>
    /// <param name="reason">What does not fit.</param>
    public JournalDamagedException(string journal, int line, string reason, Exception? inner = null)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{journal}, line {line}: {reason}. The agent does not start with it. Keep a copy of the file, look at the servers named in "
                + $"the last whole lines to see what was done, and only then remove line {line} and all after it; or restore a backup."),
            inner)
    {
        Journal = journal;
        Line = line;
    }

    public string Journal { get; } = "";

    public int Line { get; }
}
