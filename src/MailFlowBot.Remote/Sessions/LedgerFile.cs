using System.Text.Json;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// One process's file of a <see cref="ShellLedger"/>: JSON lines, each on the disk before anything relies on it. Locked as long as it is
/// open; the lock goes with the process, whatever kills it.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    // Files of ours are far smaller; more is somebody else's.
    private const int MaxLines = 20_000;
    private const int MaxLine = 4096;

    private readonly FileStream _file;

    private LedgerFile(FileStream file) => _file = file;

    public string Path => _file.Name;

    public long Length => _file.Length;

    /// <summary>Null when another process has it open, or it is gone.</summary>
    /// <exception cref="UnauthorizedAccessException">No right to the folder.</exception>
    public static LedgerFile? TryOpen(string path, FileMode mode)
    {
        try
        {
            return new LedgerFile(new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Append(LedgerEntry entry)
    {
        _file.Seek(0, SeekOrigin.End);
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, LedgerJson.Default.LedgerEntry), (byte)'\n']);
        _file.Flush(flushToDisk: true);
    }

    /// <summary>The shells that were not struck out. A line cut by the end of its process, or damaged, is passed over.</summary>
    public IReadOnlyList<LedgerEntry> ReadOpen()
    {
        _file.Seek(0, SeekOrigin.Begin);
        var open = new Dictionary<string, LedgerEntry>(StringComparer.OrdinalIgnoreCase);
        using var reader = new StreamReader(_file, leaveOpen: true);
        for (var i = 0; i < MaxLines && reader.ReadLine() is { } line; i++)
        {
            if (line.Length <= MaxLine && Read(line) is { Shell: not null } entry)
            {
                if (entry.Op == LedgerEntry.ClosedOp)
                    open.Remove(entry.Shell);
                else if (entry is { Op: LedgerEntry.OpeningOp, Endpoint: not null })
                    open[entry.Shell] = entry;
            }
        }

        return [.. open.Values];
    }

    public void Delete()
    {
        File.Delete(_file.Name);
        _file.Dispose();
    }

    public void Dispose() => _file.Dispose();

    private static LedgerEntry? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
