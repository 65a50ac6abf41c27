using System.Globalization;

namespace MailFlowBot.Transcripts;

/// <summary>Says a verdict, line by line. Whatever the file brought along is made visible first: it may be hostile.</summary>
internal sealed class VerdictText(TranscriptStrings strings)
{
    public IEnumerable<string> Of(TranscriptVerdict verdict, string file, string expectedKey) => verdict switch
    {
        TranscriptIntact intact => Intact(intact),
        TranscriptChanged changed => [Changed(changed, expectedKey), .. Completeness(changed.UpTo)],
        TranscriptCut cut => [Say("verify.cut", ("events", Number(cut.Events))), .. Completeness(cut.UpTo)],
        UnknownSigner unknown => [Say("verify.unknown-signer", ("key", unknown.KeyId), ("expected", expectedKey))],
        NotATranscript not => [Say("verify.not-a-transcript", ("file", file), ("reason", Reason(not)))],
        _ => throw new InvalidOperationException($"{verdict.GetType().Name} has no text."),
    };

    private IEnumerable<string> Intact(TranscriptIntact intact)
    {
        yield return Say("verify.intact", ("incident", intact.Incident), ("key", intact.KeyId), ("events", Number(intact.Events)));
        foreach (var line in Completeness(intact.UpTo))
            yield return line;
        // The checkpoint's own event stands directly behind what it covers.
        if (intact.UpTo is { } upTo && intact.Events > upTo.Sequence + 1)
            yield return Say("verify.later", ("from", Number(upTo.Sequence + 2)), ("to", Number(intact.Events)));
        if (intact.ForeignCheckpoints > 0)
            yield return Say("verify.foreign-checkpoints", ("count", Number(intact.ForeignCheckpoints)));
    }

    private string Changed(TranscriptChanged changed, string expectedKey) => changed.What switch
    {
        TranscriptChange.EventChanged => Say("verify.changed", ("sequence", Number(changed.From)), ("type", changed.Type ?? "?")),
        TranscriptChange.EventRemoved => Say("verify.removed", ("sequence", Number(changed.From))),
        TranscriptChange.EventMoved => Say("verify.moved", ("sequence", Number(changed.From)), ("type", changed.Type ?? "?")),
        TranscriptChange.TailRemoved => Say("verify.tail-removed", ("from", Number(changed.From)), ("to", Number(changed.To))),
        TranscriptChange.Rewritten => Say("verify.rewritten", ("from", Number(changed.From)), ("to", Number(changed.To))),
        TranscriptChange.TextChanged => Say("verify.text"),
        _ => Say("verify.seal", ("key", expectedKey)),
    };

    private IEnumerable<string> Completeness(CheckpointSeen? upTo)
    {
        yield return upTo is null
            ? Say("verify.no-checkpoint")
            : Say(
                "verify.up-to",
                ("number", Number(upTo.Number)),
                ("time", TranscriptTime.Write(upTo.At)),
                ("sequence", Number(upTo.Sequence)));
    }

    private string Reason(NotATranscript not) => not.Reason switch
    {
        NoTranscriptReason.Empty => Say("not-transcript.empty"),
        NoTranscriptReason.TooLarge => Say("not-transcript.large", ("limit", Number(VerifyTranscript.LargestFile / 1024 / 1024))),
        _ => Say("not-transcript.foreign", ("line", Number(not.LastLine))),
    };

    private string Say(string key, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        VisibleText.OneLine(strings.Say(key, arguments));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
