using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MailFlowBot.Storage.Sqlite;

/// <summary>
/// Opens the file of the log or says why not. A log is only ever created where nothing was: whatever lies there already stays untouched.
/// </summary>
internal static class SqliteFile
{
    /// <summary>The connection that writes. The caller owns it.</summary>
    /// <param name="path">Absolute path; missing folders are created.</param>
    /// <param name="patience">How long a lock of another process is waited for.</param>
    /// <exception cref="StoreUnusable"></exception>
    public static SqliteConnection Open(string path, TimeSpan patience)
    {
        EnsureThere(path);
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWrite, pooled: false));
        try
        {
            connection.Open();
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)patience.TotalMilliseconds}"));
            CheckIdentity(connection, path);
            CheckPages(connection, path);
            // WAL: readers never wait for the writer. FULL: a commit survives the loss of power. What was deleted is overwritten, since
            // raw answers must be gone when their time is over.
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
            return connection;
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw SqliteFaults.Explain(fault, path);
        }
        catch (StoreUnusable)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection for one read, not yet open; pooled, so that opening it costs next to nothing.</summary>
    public static SqliteConnection Reader(string path) => new(ConnectionString(path, SqliteOpenMode.ReadOnly, pooled: true));

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this folder only; numbers and nothing else are written into them.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string ConnectionString(string path, SqliteOpenMode mode, bool pooled) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = pooled,
        // Seconds. SQLite waits by itself (busy_timeout); the provider's own loop on top of it gives up at once.
        DefaultTimeout = 1,
    }.ToString();

    private static void EnsureThere(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder))
                CreateFolder(folder);
            if (Directory.Exists(path))
                throw new StoreUnusable(StoreFault.Unreachable, path, "it is a folder", "Name another folder in Storage:Folder.");
            var file = new FileInfo(path);
            if (file.Exists && file.Length > 0)
                return;
            if (file.Exists)
                throw SqliteFaults.Damaged(path, "the file is empty, and a log never is");
            var leftover = new[] { path + "-wal", path + "-journal" }.FirstOrDefault(File.Exists);
            if (leftover is not null)
                throw SqliteFaults.Damaged(path, $"the file is gone, but {leftover} beside it still holds what was written last");
            Create(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Unreachable(path, fault.Message, fault);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Made beside its place and moved there when it is whole: a crash in between, or a second process that starts at the same time,
    // never sees half a log. Whoever moves first wins.
    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var connection = new SqliteConnection(ConnectionString(draft, SqliteOpenMode.ReadWriteCreate, pooled: false)))
            {
                connection.Open();
                Run(connection, SqliteSchema.Create);
                Run(connection, string.Create(
                    CultureInfo.InvariantCulture,
                    $"PRAGMA application_id = {SqliteSchema.ApplicationId}; PRAGMA user_version = {SqliteSchema.Version}"));
            }

            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(draft, path, overwrite: false);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Explain(fault, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process created the log in this moment; that one is used.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static void CheckIdentity(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        if (application != SqliteSchema.ApplicationId)
            throw new StoreUnusable(
                StoreFault.Foreign, path, "it is a SQLite database of another program", "Name another folder in Storage:Folder.");
        var version = Number(connection, "PRAGMA user_version");
        if (version > SqliteSchema.Version)
            throw new StoreUnusable(
                StoreFault.Newer,
                path,
                string.Create(CultureInfo.InvariantCulture, $"its schema is version {version}, this program knows {SqliteSchema.Version}"),
                "Start the newer program that wrote it, or restore the backup made before the upgrade.");
        if (version < SqliteSchema.Version)
            throw SqliteFaults.Damaged(path, string.Create(CultureInfo.InvariantCulture, $"no schema has the version {version}"));
    }

    private static void CheckPages(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        var answer = command.ExecuteScalar() as string;
        if (answer != "ok")
            throw SqliteFaults.Damaged(path, $"SQLite's quick_check says: {answer}");
    }

    private static long Number(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = pragma;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
