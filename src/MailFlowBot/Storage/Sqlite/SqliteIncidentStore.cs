using MailFlowBot.Incidents;
using Microsoft.Data.Sqlite;

namespace MailFlowBot.Storage.Sqlite;

/// <summary>
/// The incident log in one SQLite file. One connection writes, in immediate transactions, so that processes that share the file take turns;
/// each read has a connection of its own. Everything that cannot be carried out ends in <see cref="StoreUnusable"/>.
/// </summary>
internal sealed class SqliteIncidentStore : IIncidentStore
{
    private static readonly TimeSpan DeliveryLife = TimeSpan.FromDays(1);

    private readonly string _path;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private SqliteIncidentStore(string path, SqliteConnection writer)
    {
        _path = path;
        _writer = writer;
    }

    /// <summary>Opens the log, checks it, and drops what has outlived its time.</summary>
    /// <param name="path">The file; created with its folder when nothing is there.</param>
    /// <param name="patience">How long a lock of another process is waited for; 5 seconds when null.</param>
    /// <exception cref="StoreUnusable">The file is damaged, foreign, newer, held by another process or out of reach.</exception>
    public static SqliteIncidentStore Open(string path, DateTimeOffset now, TimeSpan? patience = null)
    {
        var full = Path.GetFullPath(path);
        var store = new SqliteIncidentStore(full, SqliteFile.Open(full, patience ?? TimeSpan.FromSeconds(5)));
        try
        {
            store.Prune(now);
            return store;
        }
        catch (SqliteException fault)
        {
            store._writer.Dispose();
            throw SqliteFaults.Explain(fault, full);
        }
    }

    public Task<RecordedEvent> OpenAsync(IncidentOpened opened, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(
            () =>
            {
                var id = new IncidentId(EventRows.LastIncident(_writer) + 1);
                var recorded = EventChain.Link(id, null, at, opened);
                EventRows.Insert(_writer, recorded);
                return recorded;
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Only the installation's own log begins here; every other one begins with <see cref="OpenAsync"/>.</remarks>
    public Task<IReadOnlyList<RecordedEvent>?> AppendAsync(
        IncidentId id, long length, IReadOnlyList<IncidentEvent> events, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync<IReadOnlyList<RecordedEvent>?>(
            () =>
            {
                var last = EventRows.Last(_writer, id, _path);
                if ((last?.Sequence ?? 0) != length || (last is null && id != IncidentId.Installation))
                    return null;
                var added = new List<RecordedEvent>(events.Count);
                foreach (var happened in events)
                {
                    last = EventChain.Link(id, last, at, happened);
                    EventRows.Insert(_writer, last);
                    added.Add(last);
                }

                return added;
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreUnusable">The chain of this incident does not hold: its rows were changed or removed.</exception>
    public Task<IReadOnlyList<RecordedEvent>> ReadAsync(IncidentId id, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<RecordedEvent>>(connection => EventRows.Read(connection, id, _path), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Without the installation's own log.</remarks>
    public Task<IReadOnlyList<IncidentSummary>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<IncidentSummary>>(connection => EventRows.List(connection, _path), cancellationToken);

    public Task<IncidentId?> FindOpenAsync(Conversation conversation, CancellationToken cancellationToken) =>
        ReadAsync(connection => EventRows.FindOpen(connection, conversation), cancellationToken);

    public Task<bool> TryClaimAsync(string deliveryKey, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(
            () =>
            {
                Execute("DELETE FROM delivery WHERE at < $oldest", ("$oldest", (at - DeliveryLife).ToUnixTimeMilliseconds()));
                return Execute(
                    "INSERT INTO delivery (key, at) VALUES ($key, $at) ON CONFLICT DO NOTHING",
                    ("$key", deliveryKey),
                    ("$at", at.ToUnixTimeMilliseconds())) == 1;
            },
            cancellationToken);

    public Task KeepRawAnswerAsync(
        IncidentId id, string answerHash, string salt, string raw, DateTimeOffset expires, CancellationToken cancellationToken) =>
        WriteAsync(
            () => Execute(
                "INSERT INTO raw_answer (incident, answer_hash, salt, raw, expires) VALUES ($incident, $hash, $salt, $raw, $expires) "
                + "ON CONFLICT DO NOTHING",
                ("$incident", id.Number),
                ("$hash", answerHash),
                ("$salt", salt),
                ("$raw", raw),
                ("$expires", expires.ToUnixTimeMilliseconds())),
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        // Readers first: the last connection that closes folds the write-ahead log back into the file, and only a writer can.
        using (var reader = SqliteFile.Reader(_path))
            SqliteConnection.ClearPool(reader);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private void Prune(DateTimeOffset now)
    {
        Execute("DELETE FROM delivery WHERE at < $oldest", ("$oldest", (now - DeliveryLife).ToUnixTimeMilliseconds()));
        Execute("DELETE FROM raw_answer WHERE expires <= $now", ("$now", now.ToUnixTimeMilliseconds()));
    }

    private async Task<T> WriteAsync<T>(Func<T> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var transaction = _writer.BeginTransaction(deferred: false);
            var result = write();
            transaction.Commit();
            return result;
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Explain(fault, _path);
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            using var connection = SqliteFile.Reader(_path);
            connection.Open();
            return Task.FromResult(read(connection));
        }
        catch (SqliteException fault)
        {
            return Task.FromException<T>(SqliteFaults.Explain(fault, _path));
        }
        catch (StoreUnusable fault)
        {
            return Task.FromException<T>(fault);
        }
    }

    private int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = _writer.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }
}
