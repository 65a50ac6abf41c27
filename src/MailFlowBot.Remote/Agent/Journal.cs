using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>
/// The agent's memory: JSON lines, appended only, each chained to the one before by SHA-256 and on the disk before it counts. Whoever
/// opens it owns it: a second agent on the same file is refused. May be used by several threads.
/// </summary>
public sealed class Journal : IDisposable
{
    private readonly Stream _stream;
    private readonly string _name;
    private readonly FileStream? _ownership;
    private readonly Lock _gate = new();
    private JournalState _state;
    private ChainHead _head;
    private int _lines;
    private bool _broken;
    private bool _closed;

    private Journal(Stream stream, string name, FileStream? ownership)
    {
        _stream = stream;
        _name = name;
        _ownership = ownership;
        (_state, _head, _lines) = JournalReplay.Read(stream, name);
    }

    /// <summary>Hash of the newest line.</summary>
    public ChainHead Head
    {
        get
        {
            lock (_gate)
                return _head;
        }
    }

    internal JournalState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Opens the file and reads it through, or begins a new one that only its owner can read.</summary>
    /// <exception cref="JournalDamagedException">A line does not fit. Nothing is repaired and nothing is begun anew.</exception>
    /// <exception cref="IOException">The file cannot be opened, or another agent has it.</exception>
    public static Journal Open(string path)
    {
        // A file of its own: people and tools may read the journal while the agent runs, a second agent may not even open it.
        var ownership = OpenPrivate(path + ".lock", FileShare.None);
        FileStream? stream = null;
        try
        {
            stream = OpenPrivate(path, FileShare.Read);
            return new Journal(stream, path, ownership);
        }
        catch
        {
            stream?.Dispose();
            ownership.Dispose();
            throw;
        }
    }

    /// <summary>A journal that is forgotten with the process: for a simulated organisation, which is forgotten with it.</summary>
    public static Journal InMemory() => new(new MemoryStream(), "the journal in memory", null);

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _stream.Dispose();
            _ownership?.Dispose();
        }
    }

    internal void Append(JournalEntry entry, PolicyHash policy, DateTimeOffset at) => AppendIf(_ => entry, policy, at);

    /// <summary>Asks, under the lock, what is to be written given the present state; null: nothing.</summary>
    /// <exception cref="IOException">It is not on the disk, so it did not happen.</exception>
    /// <exception cref="FormatException">The entry cannot be written so that it can be read back; nothing was written.</exception>
    internal void AppendIf(Func<JournalState, JournalEntry?> decide, PolicyHash policy, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (decide(_state) is not { } entry)
                return;
            if (_closed)
                throw new IOException($"{_name} is closed; the agent is shutting down.");
            // A line that was written in part would make all that follows unreadable.
            if (_broken)
                throw new IOException($"{_name} could not be written before; no change is made until the agent was restarted.");
            var line = new JournalLine(_lines + 1, at, policy, _head, entry);
            var bytes = line.ToBytes();
            // What could be written but not read back would keep the agent from ever starting again.
            JournalLine.FromBytes(bytes);
            Write(bytes);
            _state = _state.Apply(entry, at);
            _head = line.Hash;
            _lines++;
        }
    }

    private static FileStream OpenPrivate(string path, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            Options = FileOptions.WriteThrough,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private void Write(byte[] line)
    {
        _broken = true;
        _stream.Write([.. line, (byte)'\n']);
        if (_stream is FileStream file)
            file.Flush(flushToDisk: true);
        _broken = false;
    }
}
