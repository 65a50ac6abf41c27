namespace MailFlowBot.Transcripts;

/// <summary>A checkpoint whose signature holds.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Sequence">The last event that it covers.</param>
internal sealed record CheckpointSeen(int Number, long Sequence, DateTimeOffset At);

/// <summary>What became of a transcript on its way.</summary>
/// <param name="UpTo">
/// The last checkpoint that holds: up to there nothing was changed and nothing is missing. Null when there is none.
/// </param>
internal abstract record TranscriptVerdict(CheckpointSeen? UpTo);

/// <summary>Every byte is as it was sealed. Only what <see cref="TranscriptVerdict.UpTo"/> covers is known to be complete.</summary>
/// <param name="ForeignCheckpoints">Checkpoints by keys other than the given one; they were not counted.</param>
internal sealed record TranscriptIntact(string Incident, long Events, string KeyId, int ForeignCheckpoints, CheckpointSeen? UpTo)
    : TranscriptVerdict(UpTo);

/// <summary>How a transcript differs from what was sealed.</summary>
internal enum TranscriptChange
{
    /// <summary>The event is not the one that was recorded.</summary>
    EventChanged,

    EventRemoved,

    /// <summary>The event is genuine and stands in another place, or twice.</summary>
    EventMoved,

    /// <summary>Events at the end are missing.</summary>
    TailRemoved,

    /// <summary>Events were changed and all hashes behind them computed anew; it shows at the next signature.</summary>
    Rewritten,

    /// <summary>The events hold; something else in the file does not.</summary>
    TextChanged,

    /// <summary>The seal's own signature does not hold.</summary>
    SealForged,
}

/// <param name="From">The first event concerned; 0 where none is.</param>
/// <param name="To">The last event concerned.</param>
/// <param name="Type">Type of the first event concerned, where it can be read.</param>
internal sealed record TranscriptChanged(TranscriptChange What, long From, long To, string? Type, CheckpointSeen? UpTo)
    : TranscriptVerdict(UpTo);

/// <summary>The file ends before its seal.</summary>
/// <param name="Events">How many events are whole and in their places.</param>
internal sealed record TranscriptCut(long Events, CheckpointSeen? UpTo) : TranscriptVerdict(UpTo);

/// <summary>Consistent in itself, and signed by somebody else.</summary>
internal sealed record UnknownSigner(string KeyId) : TranscriptVerdict(UpTo: null);

/// <summary>Why a file is no transcript.</summary>
internal enum NoTranscriptReason
{
    Empty,
    TooLarge,
    Foreign,
}

/// <param name="LastLine">Number of the file's last line, where the seal would be.</param>
internal sealed record NotATranscript(NoTranscriptReason Reason, int LastLine) : TranscriptVerdict(UpTo: null);
