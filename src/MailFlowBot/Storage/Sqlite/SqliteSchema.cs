namespace MailFlowBot.Storage.Sqlite;

/// <summary>
/// The tables. The events are the only truth: lists and look-ups are indexes over them, so no second copy can disagree with the log.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as ours (header offset 68 of the SQLite file format): the letters MFLB.</summary>
    public const int ApplicationId = 0x4D464C42;

    /// <summary>Kept in <c>user_version</c> (header offset 60).</summary>
    public const int Version = 1;

    public const string Create =
        """
        CREATE TABLE event (
            incident INTEGER NOT NULL CHECK (incident >= 0),
            sequence INTEGER NOT NULL CHECK (sequence >= 1),
            at TEXT NOT NULL,
            type TEXT NOT NULL,
            body TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL,
            PRIMARY KEY (incident, sequence)
        ) STRICT;

        CREATE INDEX event_thread
            ON event (json_extract(body, '$.conversation.thread'), json_extract(body, '$.conversation.channel'), incident)
            WHERE sequence = 1;
        CREATE INDEX event_closed ON event (incident) WHERE type = 'incident-closed';

        CREATE TRIGGER event_follows BEFORE INSERT ON event
        WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM event WHERE incident = NEW.incident)
            OR (NEW.sequence > 1 AND NEW.previous_hash IS NOT
                (SELECT hash FROM event WHERE incident = NEW.incident AND sequence = NEW.sequence - 1))
        BEGIN SELECT RAISE(ABORT, 'an event must follow the last one of its incident'); END;

        CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

        CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

        CREATE TABLE delivery (
            key TEXT NOT NULL PRIMARY KEY,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX delivery_at ON delivery (at);

        CREATE TABLE raw_answer (
            incident INTEGER NOT NULL,
            answer_hash TEXT NOT NULL,
            salt TEXT NOT NULL,
            raw TEXT NOT NULL,
            expires INTEGER NOT NULL,
            PRIMARY KEY (incident, answer_hash)
        ) STRICT;
        CREATE INDEX raw_answer_expires ON raw_answer (expires);
        """;
}
