using MailFlowBot.Incidents;
using MailFlowBot.Storage.Sqlite;
using MailFlowBot.Tests.Incidents;
using Microsoft.Data.Sqlite;

namespace MailFlowBot.Tests.Storage.Sqlite;

public sealed class SqliteIncidentStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = Happenings.Start;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("below/incidents.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Creates_file_and_folder_where_nothing_is()
    {
        await using (var store = SqliteIncidentStore.Open(Path, Now))
            Assert.Empty(await store.ListAsync(default));

        Assert.True(File.Exists(Path));
        Assert.Equal(["incidents.db"], Directory.GetFiles(_folder.File("below")).Select(System.IO.Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task Numbers_incidents_from_one()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);

        Assert.Equal(new IncidentId(1), (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident);
        Assert.Equal(new IncidentId(2), (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident);
    }

    [Fact]
    public async Task Every_event_comes_back_after_a_restart_with_its_chain()
    {
        IncidentId id;
        await using (var store = SqliteIncidentStore.Open(Path, Now))
        {
            id = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
            await store.AppendAsync(id, 1, [.. EveryEvent.All.Skip(1)], Now.AddSeconds(1), default);
        }

        await using var again = SqliteIncidentStore.Open(Path, Now);
        var events = await again.ReadAsync(id, default);

        Assert.Equal(EveryEvent.All.Count, events.Count);
        Assert.Null(EventChain.Verify(events));
        Assert.Equal(EveryEvent.All.Select(EventChain.Body), events.Select(recorded => EventChain.Body(recorded.Event)));
        Assert.Equal(Now.AddSeconds(1), events[^1].At);
    }

    [Fact]
    public async Task Appends_only_to_a_log_of_the_length_that_the_writer_saw()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        var id = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;

        var first = await store.AppendAsync(id, 1, [Happenings.Note("a"), Happenings.Note("b")], Now, default);
        var late = await store.AppendAsync(id, 1, [Happenings.Note("c")], Now, default);
        var early = await store.AppendAsync(id, 4, [Happenings.Note("d")], Now, default);

        Assert.Equal([2, 3], first!.Select(recorded => recorded.Sequence));
        Assert.Null(late);
        Assert.Null(early);
        Assert.Equal(3, (await store.ReadAsync(id, default)).Count);
    }

    [Fact]
    public async Task An_incident_that_nobody_opened_takes_no_events()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);

        Assert.Null(await store.AppendAsync(new IncidentId(9), 0, [Happenings.Note("a")], Now, default));
        Assert.Empty(await store.ReadAsync(new IncidentId(9), default));
    }

    [Fact]
    public async Task The_installations_own_log_begins_once_and_is_no_incident_of_the_list()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        var log = new IncidentLog(store, TimeProvider.System);

        await log.EnsureInstallationLogAsync(Happenings.Opened(), default);
        var again = await new IncidentLog(store, TimeProvider.System).EnsureInstallationLogAsync(Happenings.Opened(), default);

        Assert.Equal(1, again.Length);
        Assert.Equal(IncidentId.Installation, again.Id);
        Assert.Empty(await store.ListAsync(default));
        Assert.Null(await store.FindOpenAsync(Happenings.Thread, default));
        Assert.Equal(new IncidentId(1), (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident);
    }

    [Fact]
    public async Task Of_two_processes_exactly_one_wins_each_of_a_hundred_appends()
    {
        await using var one = SqliteIncidentStore.Open(Path, Now);
        await using var two = SqliteIncidentStore.Open(Path, Now);
        var id = (await one.OpenAsync(Happenings.Opened(), Now, default)).Incident;

        for (var length = 1; length <= 100; length++)
        {
            var answers = await Task.WhenAll(
                Task.Run(() => one.AppendAsync(id, length, [Happenings.Note("one")], Now, default)),
                Task.Run(() => two.AppendAsync(id, length, [Happenings.Note("two")], Now, default)));
            Assert.Single(answers, answer => answer is not null);
        }

        var events = await two.ReadAsync(id, default);
        Assert.Equal(101, events.Count);
        Assert.Null(EventChain.Verify(events));
    }

    [Fact]
    public async Task Lists_the_newest_incident_first()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        var old = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
        var young = (await store.OpenAsync(Happenings.Opened(new Conversation("terminal", "t")), Now.AddHours(1), default)).Incident;
        await store.AppendAsync(old, 1, [Happenings.Note("a")], Now.AddHours(2), default);

        var list = await store.ListAsync(default);

        Assert.Equal(
            [
                new IncidentSummary(young, Now.AddHours(1), Now.AddHours(1), 1, "alice", new Conversation("terminal", "t")),
                new IncidentSummary(old, Now, Now.AddHours(2), 2, "alice", Happenings.Thread),
            ],
            list);
    }

    [Fact]
    public async Task Finds_the_newest_incident_of_a_thread_that_nobody_closed()
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        var first = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
        var second = (await store.OpenAsync(Happenings.Opened(), Now, default)).Incident;
        await store.OpenAsync(Happenings.Opened(new Conversation("web", Happenings.Thread.Thread)), Now, default);
        await store.OpenAsync(Happenings.Opened(new Conversation("teams", "another")), Now, default);

        Assert.Equal(second, await store.FindOpenAsync(Happenings.Thread with { ServiceUrl = "https://moved.example/" }, default));
        await store.AppendAsync(second, 1, [new IncidentClosed(MailFlowBot.Channels.Cast.Alice), Happenings.Note("late")], Now, default);
        Assert.Equal(first, await store.FindOpenAsync(Happenings.Thread, default));
        await store.AppendAsync(first, 1, [new IncidentClosed(MailFlowBot.Channels.Cast.Alice)], Now, default);
        Assert.Null(await store.FindOpenAsync(Happenings.Thread, default));
    }

    [Fact]
    public async Task Takes_a_delivery_once_a_day()
    {
        await using (var store = SqliteIncidentStore.Open(Path, Now))
        {
            Assert.True(await store.TryClaimAsync("m-1", Now, default));
            Assert.False(await store.TryClaimAsync("m-1", Now.AddHours(23), default));
            Assert.True(await store.TryClaimAsync("m-2", Now, default));
            Assert.True(await store.TryClaimAsync("m-1", Now.AddHours(25), default));
        }

        await using var again = SqliteIncidentStore.Open(Path, Now.AddHours(50));
        Assert.Equal(0L, Scalar("SELECT count(*) FROM delivery"));
    }

    [Fact]
    public async Task Raw_answers_are_gone_when_their_time_is_over()
    {
        await using (var store = SqliteIncidentStore.Open(Path, Now))
        {
            await store.KeepRawAnswerAsync(new IncidentId(1), "h1", "salt", "MARK-short-lived", Now.AddDays(1), default);
            await store.KeepRawAnswerAsync(new IncidentId(1), "h2", "salt", "MARK-long-lived", Now.AddDays(9), default);
        }

        await using (var again = SqliteIncidentStore.Open(Path, Now.AddDays(2)))
            Assert.Equal("h2", Scalar("SELECT group_concat(answer_hash) FROM raw_answer"));

        var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path));
        Assert.DoesNotContain("MARK-short-lived", bytes, StringComparison.Ordinal);
        Assert.Contains("MARK-long-lived", bytes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE event SET body = '{}'", "events are never changed")]
    [InlineData("DELETE FROM event", "events are never removed")]
    [InlineData("INSERT OR REPLACE INTO event SELECT * FROM event WHERE sequence = 1", "an event must follow")]
    [InlineData("INSERT INTO event SELECT incident, 5, at, type, body, previous_hash, hash FROM event", "an event must follow")]
    [InlineData("INSERT INTO event SELECT incident, 2, at, type, body, previous_hash, hash FROM event", "an event must follow")]
    public async Task Events_are_neither_changed_nor_removed_nor_put_anywhere_but_at_the_end(string sql, string refusal)
    {
        await using var store = SqliteIncidentStore.Open(Path, Now);
        await store.OpenAsync(Happenings.Opened(), Now, default);

        var fault = Assert.Throws<SqliteException>(() => Scalar(sql));

        Assert.Contains(refusal, fault.Message, StringComparison.Ordinal);
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
