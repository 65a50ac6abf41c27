using Microsoft.Data.Sqlite;

namespace MailFlowBot.Storage.Sqlite;

/// <summary>What SQLite's result codes (sqlite.org/rescode.html) mean for the one who runs the bot.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int Schema = 1;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    public static StoreUnusable Explain(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        Busy or Locked => new StoreUnusable(
            StoreFault.Locked,
            path,
            "another process holds it",
            "Stop the other MailFlowBot, backup or database tool that has the file open, or give this one a folder of its own "
            + "(Storage:Folder).",
            fault),
        ReadOnly => Unreachable(path, "it cannot be written", fault),
        Corrupt => Damaged(path, "SQLite finds its pages damaged", fault),
        NotADatabase => Damaged(path, "it is not a SQLite database", fault),
        Full => new StoreUnusable(
            StoreFault.Unreachable, path, "the disk is full", "Free space on that disk; nothing of the log is lost.", fault),
        Schema => Damaged(path, $"its tables are not those of a log ({fault.Message})", fault),
        Constraint => Damaged(path, $"its own rules refuse the next event ({fault.Message})", fault),
        _ => Unreachable(path, fault.Message, fault),
    };

    public static StoreUnusable Damaged(string path, string what, Exception? inner = null) => new(
        StoreFault.Damaged,
        path,
        what,
        "Keep the file as evidence, restore the newest backup, or name another folder in Storage:Folder to start a new log.",
        inner);

    public static StoreUnusable Unreachable(string path, string what, Exception inner) => new(
        StoreFault.Unreachable,
        path,
        what,
        "Check that the folder exists and that the account of this process may read and write there (Storage:Folder).",
        inner);
}
