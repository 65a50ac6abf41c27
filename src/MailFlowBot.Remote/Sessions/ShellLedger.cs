using System.Globalization;
using System.Security.Cryptography;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// A durable list of the shells that this process may have open: written before a shell is asked for, struck out when it is deleted. What
/// stands in it when the process dies, a later one deletes: a server counts forgotten shells against the account until their idle time is
/// over. A folder holds one file for each process, so that several may run.
/// </summary>
internal sealed class ShellLedger : IDisposable
{
    private const string FilePattern = "shells-*.jsonl";

    // A file is written anew, without what was struck out, when it has grown to this.
    private const long CompactAt = 64 * 1024;

    // No server keeps a shell that nobody uses for longer (MaxIdleTimeOut is 12 hours at most by default).
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Lock _sync = new();
    private readonly Dictionary<string, LedgerEntry> _open = new(StringComparer.OrdinalIgnoreCase);
    private LedgerFile _file;
    private int _generation;

    private ShellLedger(string folder, string id, LedgerFile file, TimeProvider time)
    {
        _folder = folder;
        Id = id;
        _file = file;
        _time = time;
    }

    /// <summary>What the names of all shells begin with that processes of this machine open.</summary>
    public static string NamePrefix { get; } = $"MailFlowBot-{Environment.MachineName}-";

    /// <summary>Of this process's ledger; 8 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>The name that this process gives its shells, which servers show in lists.</summary>
    public string ShellName => NamePrefix + Id;

    public int OpenCount
    {
        get
        {
            lock (_sync)
                return _open.Count;
        }
    }

    /// <exception cref="IOException">The folder cannot be used; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to it.</exception>
    public static ShellLedger Open(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var file = LedgerFile.TryOpen(PathOf(folder, id, 0), FileMode.CreateNew)
            ?? throw new IOException($"The list of open shells could not be created in {folder}.");
        return new ShellLedger(folder, id, file, time);
    }

    public void Opening(ShellId shell, EndpointName endpoint, string account, string resource) =>
        Write(new LedgerEntry(LedgerEntry.OpeningOp, shell.Value, endpoint.Value, account, resource, _time.GetUtcNow()));

    public void Closed(ShellId shell) => Write(new LedgerEntry(LedgerEntry.ClosedOp, shell.Value));

    /// <summary>
    /// Takes over what processes that are no more left behind; it stands in this ledger then until it is struck out. Older than a day it
    /// is dropped.
    /// </summary>
    public IReadOnlyList<LedgerEntry> TakeOver()
    {
        var taken = new List<LedgerEntry>();
        foreach (var path in Directory.EnumerateFiles(_folder, FilePattern))
        {
            // Ours and those of living processes are locked.
            if (LedgerFile.TryOpen(path, FileMode.Open) is not { } file)
                continue;
            foreach (var entry in file.ReadOpen().Where(IsRecent))
            {
                Write(entry);
                taken.Add(entry);
            }

            file.Delete();
        }

        return taken;
    }

    /// <summary>The ids of ledgers that living processes of this machine have, this one included.</summary>
    public IReadOnlySet<string> Living()
    {
        var living = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Id };
        foreach (var path in Directory.EnumerateFiles(_folder, FilePattern))
        {
            using var file = LedgerFile.TryOpen(path, FileMode.Open);
            if (file is null)
                living.Add(Path.GetFileNameWithoutExtension(path).Split('-')[1]);
        }

        return living;
    }

    /// <summary>Ends the process's part; what was not struck out stays for the next one.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            if (_open.Count == 0)
                _file.Delete();
            else
                _file.Dispose();
        }
    }

    private bool IsRecent(LedgerEntry entry) => entry.At is { } at && _time.GetUtcNow() - at < Forgotten;

    private void Write(LedgerEntry entry)
    {
        lock (_sync)
        {
            if (entry.Op == LedgerEntry.ClosedOp)
            {
                if (!_open.Remove(entry.Shell))
                    return;
            }
            else
            {
                _open[entry.Shell] = entry;
            }

            _file.Append(entry);
            if (_file.Length > CompactAt)
                Compact();
        }
    }

    // The new file is whole before the old one goes; after a crash between the two a shell stands twice, which does no harm.
    private void Compact()
    {
        var path = PathOf(_folder, Id, ++_generation);
        if (LedgerFile.TryOpen(path, FileMode.CreateNew) is not { } next)
            return;
        foreach (var entry in _open.Values)
            next.Append(entry);
        _file.Delete();
        _file = next;
    }

    private static string PathOf(string folder, string id, int generation) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"shells-{id}-{generation}.jsonl"));
}
