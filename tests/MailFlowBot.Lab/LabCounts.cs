using System.Collections.Concurrent;
using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab;

/// <summary>What has come in since the start, for assertions. Thread-safe.</summary>
internal sealed class LabCounts
{
    private readonly ConcurrentDictionary<LabAction, int> _requests = new();
    private readonly ConcurrentDictionary<string, int> _commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _changes = new();

    /// <summary>Commands that were run, by cmdlet.</summary>
    public IReadOnlyDictionary<string, int> Commands => _commands;

    /// <summary>Changes that were carried out, in order: server, cmdlet and parameters as text.</summary>
    public IReadOnlyList<string> Changes => [.. _changes];

    /// <summary>Envelopes that came in, by what they ask.</summary>
    public IReadOnlyDictionary<LabAction, int> Requests => _requests;

    public void Request(LabAction action) => _requests.AddOrUpdate(action, 1, (_, count) => count + 1);

    public void Command(string name) => _commands.AddOrUpdate(name, 1, (_, count) => count + 1);

    public void Change(string text) => _changes.Enqueue(text);
}
