using System.Text.Json;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>Goes along the events of a transcript and recomputes their chain, as far as it holds.</summary>
internal sealed class ChainWalk
{
    private readonly TrustedKey _key;
    private int _checkpoints;

    private ChainWalk(TrustedKey key) => _key = key;

    /// <summary>How many events hold.</summary>
    public long Events { get; private set; }

    /// <summary>Hash of the last event that holds.</summary>
    public string Head { get; private set; } = EventChain.Start;

    public string? Incident { get; private set; }

    public CheckpointSeen? UpTo { get; private set; }

    public int ForeignCheckpoints { get; private set; }

    /// <summary>What the chain breaks at; null when it holds to its end.</summary>
    public TranscriptChanged? Change { get; private set; }

    /// <param name="closed">False when the file ends inside the block: then a last line that is not whole is a cut and no change.</param>
    public static ChainWalk Along(IReadOnlyList<string> lines, bool closed, TrustedKey key)
    {
        var walk = new ChainWalk(key);
        var events = lines.Select(EventLine.Read).ToList();
        if (!closed && events.Count > 0 && events[^1] is null)
            events.RemoveAt(events.Count - 1);
        foreach (var line in events)
        {
            walk.Change = line is null
                ? walk.Broken(TranscriptChange.EventChanged, walk.Events + 1, null)
                : walk.Misplaced(line, events) ?? walk.Checkpointed(line);
            if (walk.Change is not null)
                return walk;
            walk.Incident = line!.Incident;
            walk.Head = line.Hash;
            walk.Events++;
        }

        return walk;
    }

    private TranscriptChanged? Misplaced(EventLine line, List<EventLine?> all)
    {
        var expected = Events + 1;
        if (!line.HashHolds() || (Incident is not null && line.Incident != Incident))
            return Broken(TranscriptChange.EventChanged, expected, line.Type);
        if (line.Sequence > expected)
        {
            // Genuine, and too early: the one that belongs here was moved further down, or taken out.
            return all.Find(other => other?.Sequence == expected) is { } moved
                ? Broken(TranscriptChange.EventMoved, expected, moved.Type)
                : Broken(TranscriptChange.EventRemoved, expected, null);
        }

        if (line.Sequence < expected)
            return Broken(TranscriptChange.EventMoved, line.Sequence, line.Type);
        // This one is as it was hashed, but for another predecessor: that one was replaced together with its hash.
        return line.PreviousHash == Head
            ? null
            : Broken(TranscriptChange.EventChanged, Math.Max(1, Events), all[(int)Math.Max(0, Events - 1)]?.Type);
    }

    private TranscriptChanged? Checkpointed(EventLine line)
    {
        if (line.Type != "checkpoint")
            return null;
        if (Read(line) is not { } checkpoint)
            return Broken(TranscriptChange.EventChanged, line.Sequence, line.Type);
        if (checkpoint.KeyId != _key.Id.Value)
        {
            ForeignCheckpoints++;
            return null;
        }

        // The chain holds up to here and the signature does not: everything since the last checkpoint may have been hashed anew.
        if (checkpoint.Head != line.PreviousHash || !CheckpointSigner.Holds(line.Incident, line.Sequence - 1, checkpoint, _key))
            return new TranscriptChanged(TranscriptChange.Rewritten, (UpTo?.Sequence ?? 0) + 1, line.Sequence, null, UpTo);
        UpTo = new CheckpointSeen(++_checkpoints, line.Sequence - 1, line.At);
        return null;
    }

    private static Checkpoint? Read(EventLine line)
    {
        try
        {
            return EventChain.ReadBody(line.Event.ToJsonString()) as Checkpoint;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TranscriptChanged Broken(TranscriptChange what, long sequence, string? type) => new(what, sequence, sequence, type, UpTo);
}
