using System.Text;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>Checks an exported transcript against a public key, offline. Pure: bytes in, verdict out.</summary>
internal static class VerifyTranscript
{
    /// <summary>Arbitrary; a transcript of this size has about a hundred thousand events.</summary>
    public const int LargestFile = 64 * 1024 * 1024;

    public static TranscriptVerdict Verify(ReadOnlySpan<byte> file, TrustedKey key)
    {
        if (file.IsEmpty)
            return new NotATranscript(NoTranscriptReason.Empty, 0);
        if (file.Length > LargestFile)
            return new NotATranscript(NoTranscriptReason.TooLarge, 0);

        var ended = file[^1] == '\n';
        var body = ended ? file[..^1] : file;
        var lastStart = body.LastIndexOf((byte)'\n') + 1;
        var seal = ended ? Seal.Read(Encoding.UTF8.GetString(body[lastStart..])) : null;
        var lines = Encoding.UTF8.GetString(body).Split('\n');
        var block = EventBlock.Find(lines);
        if (block is null && seal is null)
            return new NotATranscript(NoTranscriptReason.Foreign, lines.Length);
        if (block is not { } events)
            return new TranscriptChanged(TranscriptChange.TextChanged, 0, 0, null, UpTo: null);

        var walk = ChainWalk.Along(events.Events, events.Closed, key);
        if (walk.Change is not null)
            return walk.Change;
        return seal is null
            ? new TranscriptCut(walk.Events, walk.UpTo)
            : Judge(seal, file[..lastStart], walk, key);
    }

    // The chain holds. Whether it is the one that was sealed, the seal says.
    private static TranscriptVerdict Judge(Seal seal, ReadOnlySpan<byte> before, ChainWalk walk, TrustedKey key)
    {
        var signed = seal.SignedBy(key);
        if (signed || seal.KeyId != key.Id.Value)
        {
            if (walk.Events < seal.Events)
                return new TranscriptChanged(TranscriptChange.TailRemoved, walk.Events + 1, seal.Events, null, walk.UpTo);
            if (walk.Head != seal.Head || walk.Events != seal.Events || walk.Incident != seal.Incident)
                return new TranscriptChanged(TranscriptChange.Rewritten, (walk.UpTo?.Sequence ?? 0) + 1, walk.Events, null, walk.UpTo);
            if (!seal.Fits(before))
                return new TranscriptChanged(TranscriptChange.TextChanged, 0, 0, null, walk.UpTo);
        }

        if (seal.KeyId != key.Id.Value)
            return new UnknownSigner(seal.KeyId);
        return signed
            ? new TranscriptIntact(seal.Incident, seal.Events, seal.KeyId, walk.ForeignCheckpoints, walk.UpTo)
            : new TranscriptChanged(TranscriptChange.SealForged, 0, 0, null, walk.UpTo);
    }
}
