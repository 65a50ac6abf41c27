using System.Globalization;
using System.Text;
using System.Text.Json;
using MailFlowBot.Incidents;
using Microsoft.Data.Sqlite;

namespace MailFlowBot.Storage.Sqlite;

/// <summary>Rows of the event table and what they mean. Whatever is read is checked against the chain first.</summary>
internal static class EventRows
{
    private const string Columns = "sequence, at, body, previous_hash, hash";

    public static void Insert(SqliteConnection connection, RecordedEvent recorded)
    {
        var body = EventChain.Body(recorded.Event);
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO event (incident, sequence, at, type, body, previous_hash, hash) "
            + "VALUES ($incident, $sequence, $at, json_extract($body, '$.type'), $body, $previous, $hash)";
        command.Parameters.AddWithValue("$incident", recorded.Incident.Number);
        command.Parameters.AddWithValue("$sequence", recorded.Sequence);
        command.Parameters.AddWithValue("$at", EventChain.Time(recorded.At));
        command.Parameters.AddWithValue("$body", Encoding.UTF8.GetString(body));
        command.Parameters.AddWithValue("$previous", recorded.PreviousHash);
        command.Parameters.AddWithValue("$hash", recorded.Hash);
        command.ExecuteNonQuery();
    }

    /// <summary>0 when there is no incident.</summary>
    public static long LastIncident(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(incident), 0) FROM event";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <exception cref="StoreUnusable">The last row is not what was written.</exception>
    public static RecordedEvent? Last(SqliteConnection connection, IncidentId id, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM event WHERE incident = $incident ORDER BY sequence DESC LIMIT 1";
        command.Parameters.AddWithValue("$incident", id.Number);
        using var row = command.ExecuteReader();
        return row.Read() ? Event(row, id, path) : null;
    }

    /// <exception cref="StoreUnusable">The chain does not hold.</exception>
    public static List<RecordedEvent> Read(SqliteConnection connection, IncidentId id, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM event WHERE incident = $incident ORDER BY sequence";
        command.Parameters.AddWithValue("$incident", id.Number);
        using var row = command.ExecuteReader();
        var events = new List<RecordedEvent>();
        var previous = EventChain.Start;
        while (row.Read())
        {
            var recorded = Event(row, id, path);
            if (recorded.Sequence != events.Count + 1)
                throw Broken(path, id, events.Count + 1, "is missing");
            if (recorded.PreviousHash != previous)
                throw Broken(path, id, recorded.Sequence, "does not follow the one before it");
            previous = recorded.Hash;
            events.Add(recorded);
        }

        return events;
    }

    /// <exception cref="StoreUnusable">A row is not what was written.</exception>
    public static List<IncidentSummary> List(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT first.sequence, first.at, first.body, first.previous_hash, first.hash, first.incident, last.sequence, last.at
            FROM event AS first
            JOIN event AS last ON last.incident = first.incident
                AND last.sequence = (SELECT max(sequence) FROM event WHERE incident = first.incident)
            WHERE first.sequence = 1 AND first.incident > 0
            ORDER BY first.incident DESC
            """;
        using var row = command.ExecuteReader();
        var incidents = new List<IncidentSummary>();
        while (row.Read())
        {
            var id = new IncidentId(row.GetInt64(5));
            var first = Event(row, id, path);
            if (first.Event is not IncidentOpened opened || !EventChain.TryReadTime(row.GetString(7), out var last))
                throw Broken(path, id, 1, "does not open an incident");
            incidents.Add(new IncidentSummary(id, first.At, last, row.GetInt64(6), opened.By.Name, opened.Conversation));
        }

        return incidents;
    }

    public static IncidentId? FindOpen(SqliteConnection connection, Conversation conversation)
    {
        using var command = connection.CreateCommand();
        // Spelled as in the index event_thread, or SQLite would read every body.
        command.CommandText =
            """
            SELECT incident FROM event AS first
            WHERE json_extract(body, '$.conversation.thread') = $thread AND json_extract(body, '$.conversation.channel') = $channel
                AND sequence = 1 AND incident > 0
                AND NOT EXISTS (SELECT 1 FROM event WHERE incident = first.incident AND type = 'incident-closed')
            ORDER BY incident DESC LIMIT 1
            """;
        command.Parameters.AddWithValue("$thread", conversation.Thread);
        command.Parameters.AddWithValue("$channel", conversation.Channel);
        return command.ExecuteScalar() is long number ? new IncidentId(number) : null;
    }

    private static RecordedEvent Event(SqliteDataReader row, IncidentId id, string path)
    {
        var sequence = row.GetInt64(0);
        var body = row.GetString(2);
        var previous = row.GetString(3);
        var hash = row.GetString(4);
        if (!EventChain.TryReadTime(row.GetString(1), out var at)
            || EventChain.Hash(id, sequence, at, Encoding.UTF8.GetBytes(body), previous) != hash)
            throw Broken(path, id, sequence, "is not the one that was written");
        try
        {
            return new RecordedEvent(id, sequence, at, EventChain.ReadBody(body), previous, hash);
        }
        catch (JsonException fault)
        {
            throw new StoreUnusable(
                StoreFault.Newer,
                path,
                $"event {sequence.ToString(CultureInfo.InvariantCulture)} of {id} is of a kind that this program does not know",
                "Start the newer program that wrote it.",
                fault);
        }
    }

    private static StoreUnusable Broken(string path, IncidentId id, long sequence, string what) =>
        SqliteFaults.Damaged(path, $"event {sequence.ToString(CultureInfo.InvariantCulture)} of {id} {what}");
}
