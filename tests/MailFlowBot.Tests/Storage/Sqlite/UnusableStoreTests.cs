using MailFlowBot.Incidents;
using MailFlowBot.Storage;
using MailFlowBot.Storage.Sqlite;
using MailFlowBot.Tests.Incidents;
using Microsoft.Data.Sqlite;

namespace MailFlowBot.Tests.Storage.Sqlite;

public sealed class UnusableStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = Happenings.Start;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("incidents.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("This is a note about the incident and no database at all, however long it may be. ")]
    [InlineData("SQLite format 3\0 and then nothing of the sort, but long enough to hold a header of one hundred bytes, filled up with text.")]
    public void A_file_that_is_no_log_is_damaged_and_stays_as_it_is(string content)
    {
        File.WriteAllText(Path, content);

        var fault = Refused();

        Assert.Equal(StoreFault.Damaged, fault.Fault);
        Assert.Equal(content, File.ReadAllText(Path));
        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_page_that_was_overwritten_is_damage()
    {
        await FilledAsync();
        using (var file = File.OpenWrite(Path))
        {
            file.Position = file.Length / 2;
            file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }

        Assert.Equal(StoreFault.Damaged, Refused().Fault);
    }

    [Fact]
    public async Task A_file_that_was_cut_is_damaged()
    {
        await FilledAsync();
        using (var file = File.OpenWrite(Path))
            file.SetLength(file.Length / 2);

        Assert.Equal(StoreFault.Damaged, Refused().Fault);
    }

    [Fact]
    public async Task A_log_whose_main_file_is_gone_is_not_begun_anew()
    {
        await FilledAsync();
        File.Move(Path, Path + "-wal");

        var fault = Refused();

        Assert.Equal(StoreFault.Damaged, fault.Fault);
        Assert.Contains("-wal", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        Run(Path, "CREATE TABLE bookmarks (url TEXT)");

        Assert.Equal(StoreFault.Foreign, Refused().Fault);
    }

    [Fact]
    public async Task A_log_of_a_newer_version_is_not_touched()
    {
        await FilledAsync();
        Run(Path, "PRAGMA user_version = 99");

        var fault = Refused();

        Assert.Equal(StoreFault.Newer, fault.Fault);
        Assert.Contains("version 99", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_another_process_holds_says_so()
    {
        await FilledAsync();
        using var other = new SqliteConnection($"Data Source={Path};Pooling=False");
        other.Open();
        Run(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE delivery SET at = 0");

        var fault = Refused();

        Assert.Equal(StoreFault.Locked, fault.Fault);
        Assert.Contains("another process holds it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_append_while_another_process_holds_the_log_says_so_and_succeeds_afterwards()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now, TimeSpan.FromMilliseconds(50));
        var id = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
        using (var other = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            other.Open();
            Run(other, "BEGIN IMMEDIATE; DELETE FROM delivery");
            var fault = await Assert.ThrowsAsync<StoreUnusable>(() => store.AppendAsync(id, 1, [Happenings.Note("a")], Now, default));
            Assert.Equal(StoreFault.Locked, fault.Fault);
        }

        Assert.NotNull(await store.AppendAsync(id, 1, [Happenings.Note("a")], Now, default));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_named()
    {
        Directory.CreateDirectory(Path);

        Assert.Equal(StoreFault.Unreachable, Refused().Fault);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_named()
    {
        File.WriteAllText(_folder.File("file"), "x");

        var fault = Assert.Throws<StoreUnusable>(() => SqliteIncidentStore.Open(_folder.File("file/incidents.db"), Now));

        Assert.Equal(StoreFault.Unreachable, fault.Fault);
    }

    [SkippableFact]
    public async Task A_folder_without_the_right_to_write_is_named()
    {
        if (OperatingSystem.IsWindows())
            throw new SkipException("Windows has no mode bits.");
        Skip.If(Environment.IsPrivilegedProcess, "The superuser may write everywhere.");
        await FilledAsync();
        var here = new DirectoryInfo(_folder.Path);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        here.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        try
        {
            Assert.Equal(StoreFault.Unreachable, Refused().Fault);
        }
        finally
        {
            here.UnixFileMode |= UnixFileMode.UserWrite;
        }
    }

    [SkippableFact]
    public void A_file_system_that_cannot_be_written_is_named()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has a folder that nobody can write into.");

        var fault = Assert.Throws<StoreUnusable>(() => SqliteIncidentStore.Open("/proc/mailflowbot/incidents.db", Now));

        Assert.Equal(StoreFault.Unreachable, fault.Fault);
        Assert.Contains("/proc/mailflowbot/incidents.db", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP TRIGGER event_is_not_changed; UPDATE event SET body = replace(body, 'note 3', 'note 9') WHERE sequence = 4", "event 4 of INC-1")]
    [InlineData("DROP TRIGGER event_is_not_changed; UPDATE event SET at = '2026-03-14T02:40:00.0000001Z' WHERE sequence = 5", "event 5 of INC-1")]
    [InlineData("DROP TRIGGER event_is_not_changed; UPDATE event SET body = 'no JSON' WHERE sequence = 6", "event 6 of INC-1")]
    [InlineData("DROP TRIGGER event_is_not_removed; DELETE FROM event WHERE sequence = 3", "event 3 of INC-1 is missing")]
    public async Task A_row_that_was_changed_behind_our_back_is_named_when_it_is_read(string sql, string named)
    {
        await FilledAsync();
        Run(Path, sql);
        await using var store = SqliteIncidentStore.Open(Path, Now);

        var fault = await Assert.ThrowsAsync<StoreUnusable>(() => store.ReadAsync(new IncidentId(1), default));

        Assert.Equal(StoreFault.Damaged, fault.Fault);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_process_that_dies()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        var id = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
        for (var length = 1; length <= 20; length++)
        {
            await store.AppendAsync(id, length, [Happenings.Note($"note {length}")], Now, default);
            if (length % 5 != 0)
                continue;
            // The state of the disk in the moment of a kill: the file and its write-ahead log, nothing closed.
            var crashed = _folder.File($"crashed-{length}.db");
            File.Copy(Path, crashed);
            File.Copy(Path + "-wal", crashed + "-wal");

            await using var reopened = SqliteIncidentStore.Open(crashed, Now);
            var events = await reopened.ReadAsync(id, default);
            Assert.Equal(length + 1, events.Count);
            Assert.Null(EventChain.Verify(events));
        }
    }

    [Fact]
    public async Task A_write_that_was_torn_by_a_crash_is_dropped_whole()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        var id = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
        await store.AppendAsync(id, 1, [Happenings.Note("kept")], Now, default);
        var whole = new FileInfo(Path + "-wal").Length;
        await store.AppendAsync(id, 2, [Happenings.Note("torn"), Happenings.Note("torn too")], Now, default);
        var crashed = _folder.File("crashed.db");
        File.Copy(Path, crashed);
        File.Copy(Path + "-wal", crashed + "-wal");
        using (var wal = File.OpenWrite(crashed + "-wal"))
            wal.SetLength(whole + ((wal.Length - whole) / 2));

        await using var reopened = SqliteIncidentStore.Open(crashed, Now);

        Assert.Equal(2, (await reopened.ReadAsync(id, default)).Count);
        Assert.NotNull(await reopened.AppendAsync(id, 2, [Happenings.Note("again")], Now, default));
    }

    private StoreUnusable Refused()
    {
        var fault = Assert.Throws<StoreUnusable>(() => SqliteIncidentStore.Open(Path, Now, TimeSpan.FromMilliseconds(50)));
        Assert.Contains(Path, fault.Message, StringComparison.Ordinal);
        return fault;
    }

    private async Task FilledAsync()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        var id = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
        var notes = Enumerable.Range(1, 60).Select(n => Happenings.Note($"note {n} {new string('x', 500)}"));
        await store.AppendAsync(id, 1, [.. notes], Now, default);
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, sql);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
