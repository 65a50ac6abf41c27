using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Tests.Incidents;
using MailFlowBot.Transcripts;

namespace MailFlowBot.Tests.Transcripts;

public sealed class VerifyTranscriptTests : IDisposable
{
    private readonly ApprovalKey _key = ApprovalKey.Create();

    public static TheoryData<string> Formats => SealedLogs.Formats;

    public void Dispose() => _key.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_export_is_intact_and_complete_up_to_its_last_checkpoint(string format)
    {
        var verdict = Verify(SealedLogs.Export(SealedLogs.Short(_key), format, _key));

        Assert.Equal(
            new TranscriptIntact("INC-7", 6, _key.Id.Value, 0, new CheckpointSeen(2, 4, Happenings.Start.AddSeconds(4))), verdict);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Without_a_checkpoint_nothing_is_known_to_be_complete(string format)
    {
        var verdict = Verify(SealedLogs.Export(SealedLogs.Log(_key, Happenings.Opened(), Happenings.Note("a")), format, _key));

        Assert.Null(Assert.IsType<TranscriptIntact>(verdict).UpTo);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_single_changed_byte_goes_unnoticed(string format)
    {
        var file = SealedLogs.Export(SealedLogs.Log(_key, Happenings.Opened(), Happenings.Note("<a> & 'b'"), null), format, _key);
        for (var at = 0; at < file.Length; at++)
        {
            file[at] ^= 0x01;
            Assert.IsNotType<TranscriptIntact>(Verify(file));
            file[at] ^= 0x01;
        }

        Assert.IsType<TranscriptIntact>(Verify(file));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_replaced_inserted_or_removed_bytes_go_unnoticed(string format)
    {
        var file = SealedLogs.Export(SealedLogs.Whole(_key), format, _key);
        var edits = Gen.Zip(Gen.Choose(0, file.Length - 1), Gen.Zip(Gen.Choose(0, 3), Gen.ListOf(Gen.Choose(0, 255)))).ToArbitrary();

        Prop.ForAll(edits, edit =>
        {
            var (at, (removed, inserted)) = edit;
            byte[] edited = [.. file[..at], .. inserted.Select(b => (byte)b), .. file[Math.Min(file.Length, at + removed)..]];
            return edited.AsSpan().SequenceEqual(file) == Verify(edited) is TranscriptIntact;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_the_event_whose_text_was_changed(string format)
    {
        var file = SealedLogs.Text(SealedLogs.Export(SealedLogs.Short(_key), format, _key));
        var line = Array.FindLastIndex(file.Split('\n'), text => text.Contains("second", StringComparison.Ordinal));
        var lines = file.Split('\n');
        lines[line] = lines[line].Replace("second", "sekond", StringComparison.Ordinal);

        var changed = Assert.IsType<TranscriptChanged>(Verify(lines));

        Assert.Equal(new TranscriptChanged(TranscriptChange.EventChanged, 4, 4, "note-added", changed.UpTo), changed);
        Assert.Equal(1, changed.UpTo?.Number);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_the_first_event_that_was_removed(string format)
    {
        var lines = Lines(format, out var first).ToList();
        lines.RemoveAt(first + 3);

        var changed = Assert.IsType<TranscriptChanged>(Verify([.. lines]));

        Assert.Equal((TranscriptChange.EventRemoved, 4L), (changed.What, changed.From));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_the_first_event_that_was_moved_or_repeated(string format)
    {
        var lines = Lines(format, out var first);
        (lines[first + 1], lines[first + 3]) = (lines[first + 3], lines[first + 1]);
        var moved = Assert.IsType<TranscriptChanged>(Verify(lines));
        Assert.Equal((TranscriptChange.EventMoved, 2L, "note-added"), (moved.What, moved.From, moved.Type));

        var twice = Lines(format, out first).ToList();
        twice.Insert(first + 2, twice[first + 1]);
        var repeated = Assert.IsType<TranscriptChanged>(Verify([.. twice]));
        Assert.Equal((TranscriptChange.EventMoved, 2L), (repeated.What, repeated.From));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_events_that_were_removed_from_the_end_although_the_seal_is_there(string format)
    {
        var lines = Lines(format, out var first).ToList();
        lines.RemoveRange(first + 4, 2);

        var changed = Assert.IsType<TranscriptChanged>(Verify([.. lines]));

        Assert.Equal((TranscriptChange.TailRemoved, 5L, 6L), (changed.What, changed.From, changed.To));
        Assert.Equal(1, changed.UpTo?.Number);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_an_event_that_was_replaced_together_with_its_hash(string format)
    {
        var log = SealedLogs.Short(_key);
        var forged = EventChain.Link(SealedLogs.Id, log[0], log[1].At, Happenings.Note("forged"));
        var lines = Lines(format, log, out var first);
        lines[first + 1] = Spelled(format, forged, last: false);

        var changed = Assert.IsType<TranscriptChanged>(Verify(lines));

        Assert.Equal((TranscriptChange.EventChanged, 2L, "note-added"), (changed.What, changed.From, changed.Type));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Events_hashed_anew_are_found_at_the_next_signature(string format)
    {
        // The whole log again with one word changed, and the checkpoints of the true one: all that one without the key can do.
        var genuine = SealedLogs.Short(_key);
        var forged = new List<RecordedEvent>();
        foreach (var recorded in genuine)
        {
            var happened = recorded.Sequence == 4 ? Happenings.Note("forged") : recorded.Event;
            forged.Add(EventChain.Link(SealedLogs.Id, forged.LastOrDefault(), recorded.At, happened));
        }

        var lines = Lines(format, genuine, out var first);
        for (var i = 0; i < forged.Count; i++)
            lines[first + i] = Spelled(format, forged[i], last: i == forged.Count - 1);
        var changed = Assert.IsType<TranscriptChanged>(Verify(lines));
        Assert.Equal((TranscriptChange.Rewritten, 3L, 5L), (changed.What, changed.From, changed.To));
        Assert.Equal(1, changed.UpTo?.Number);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_last_events_hashed_anew_do_not_fit_the_seal(string format)
    {
        var log = SealedLogs.Short(_key);
        var lines = Lines(format, log, out var first);
        lines[first + 5] = Spelled(format, EventChain.Link(SealedLogs.Id, log[4], log[5].At, Happenings.Note("forged")), last: true);

        var changed = Assert.IsType<TranscriptChanged>(Verify(lines));

        Assert.Equal((TranscriptChange.Rewritten, 5L, 6L), (changed.What, changed.From, changed.To));
    }

    [Theory]
    [InlineData("md", "first", "third")]
    [InlineData("html", "<li>", "<li> ")]
    [InlineData("json", "org-a", "org-b")]
    public void Says_so_when_text_outside_the_events_was_changed(string format, string from, string to)
    {
        var file = SealedLogs.Text(SealedLogs.Export(SealedLogs.Short(_key), format, _key));
        var at = file.IndexOf(from, StringComparison.Ordinal);

        var changed = Assert.IsType<TranscriptChanged>(Verify(SealedLogs.Bytes(file[..at] + to + file[(at + from.Length)..])));

        Assert.Equal(TranscriptChange.TextChanged, changed.What);
        Assert.Equal(2, changed.UpTo?.Number);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Of_a_cut_file_it_says_up_to_which_checkpoint_it_is_complete(string format)
    {
        var lines = Lines(format, out var first);
        for (var kept = 1; kept <= 6; kept++)
        {
            // Cut in the middle of the line behind the last one that was kept.
            var half = lines[first + kept][..(lines[first + kept].Length / 2)];
            var cut = Assert.IsType<TranscriptCut>(Verify([.. lines[..(first + kept)], half]));
            Assert.Equal(kept, cut.Events);
            Assert.Equal(kept >= 5 ? 2 : kept >= 3 ? 1 : null, cut.UpTo?.Number);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_cut_anywhere_is_never_intact(string format)
    {
        var file = SealedLogs.Export(SealedLogs.Short(_key), format, _key);
        for (var length = 0; length < file.Length; length += 7)
            Assert.IsNotType<TranscriptIntact>(Verify(file[..length]));
        Assert.IsNotType<TranscriptIntact>(Verify(file[..^1]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_sealed_by_another_installation_has_an_unknown_signer(string format)
    {
        using var other = ApprovalKey.Create();

        Assert.Equal(new UnknownSigner(other.Id.Value), Verify(SealedLogs.Export(SealedLogs.Short(other), format, other)));
        Assert.Equal(new UnknownSigner(other.Id.Value), Verify(SealedLogs.Export(SealedLogs.Short(_key), format, other)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_seal_with_our_key_id_that_we_did_not_sign_is_forged(string format)
    {
        using var other = ApprovalKey.Create();
        var file = SealedLogs.Text(SealedLogs.Export(SealedLogs.Short(_key), format, other));

        var changed = Assert.IsType<TranscriptChanged>(
            Verify(SealedLogs.Bytes(file.Replace(other.Id.Value, _key.Id.Value, StringComparison.Ordinal))));

        Assert.Equal(TranscriptChange.SealForged, changed.What);
    }

    [Fact]
    public void Checkpoints_of_an_older_key_are_not_counted()
    {
        using var older = ApprovalKey.Create();

        var intact = Assert.IsType<TranscriptIntact>(Verify(SealedLogs.Export(SealedLogs.Short(older), "json", _key)));

        Assert.Equal(2, intact.ForeignCheckpoints);
        Assert.Null(intact.UpTo);
    }

    [Fact]
    public void The_seal_of_one_transcript_does_not_fit_another()
    {
        var one = SealedLogs.Text(SealedLogs.Export(SealedLogs.Short(_key), "md", _key)).Split('\n');
        var two = SealedLogs.Text(SealedLogs.Export(SealedLogs.Log(_key, Happenings.Opened(), Happenings.Note("x")), "md", _key)).Split('\n');
        one[^2] = two[^2];

        Assert.IsType<TranscriptChanged>(Verify(one));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("Dear all,\nnothing to see here.\n")]
    [InlineData("{\"a\":1}\n")]
    [InlineData("\"seal\":{}}\n")]
    [InlineData("<!-- mailflowbot-seal null -->\n")]
    [InlineData("<!-- mailflowbot-seal {\"events\":\"x\"} -->\n")]
    public void Anything_else_is_no_transcript(string content) => Assert.IsType<NotATranscript>(Verify(SealedLogs.Bytes(content)));

    [Fact]
    public void Hostile_events_end_in_a_verdict()
    {
        string[] hostile =
        [
            new string('[', 100_000), "{\"at\":" + new string('{', 5000), "null", "1", "\"", "{}", "{\"sequence\":1,\"sequence\":2}",
            """{"at":"x","event":{},"hash":"","incident":"INC-7","previousHash":"","sequence":99999999999999999999}""",
            """{"at":"2026-03-14T02:40:00.0000000Z","event":{},"hash":"","incident":"","previousHash":"","sequence":1}""",
        ];
        foreach (var line in hostile)
        {
            var changed = Assert.IsType<TranscriptChanged>(Verify(["{", "\"events\":[", line, "],", "\"seal\":{}}", ""]));
            Assert.Equal((TranscriptChange.EventChanged, 1L), (changed.What, changed.From));
        }
    }

    [Fact]
    public void Random_bytes_end_in_a_verdict() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Verify(bytes) is not TranscriptIntact).QuickCheckThrowOnFailure();

    [Fact]
    public void A_checkpoint_holds_for_its_place_only()
    {
        using var other = ApprovalKey.Create();
        var log = SealedLogs.Short(_key);
        var checkpoint = (Checkpoint)log[2].Event;

        Assert.True(CheckpointSigner.Holds("INC-7", 2, checkpoint, _key.Public));
        Assert.False(CheckpointSigner.Holds("INC-8", 2, checkpoint, _key.Public));
        Assert.False(CheckpointSigner.Holds("INC-7", 3, checkpoint, _key.Public));
        Assert.False(CheckpointSigner.Holds("INC-7", 2, checkpoint with { Head = log[2].Hash }, _key.Public));
        Assert.False(CheckpointSigner.Holds("INC-7", 2, checkpoint with { Signature = "" }, _key.Public));
        Assert.False(CheckpointSigner.Holds("INC-7", 2, checkpoint, other.Public));
        Assert.False(CheckpointSigner.Holds("INC-7", 2, checkpoint with { KeyId = other.Id.Value }, other.Public));
    }

    private TranscriptVerdict Verify(byte[] file) => VerifyTranscript.Verify(file, _key.Public);

    private TranscriptVerdict Verify(string[] lines) => Verify(SealedLogs.Bytes(string.Join('\n', lines)));

    /// <summary>The lines of a short log's export, and the index of its first event.</summary>
    private string[] Lines(string format, out int first) => Lines(format, SealedLogs.Short(_key), out first);

    private string[] Lines(string format, IReadOnlyList<RecordedEvent> log, out int first)
    {
        var lines = SealedLogs.Text(SealedLogs.Export(log, format, _key)).Split('\n');
        first = Array.FindIndex(lines, line => line.StartsWith(format == "html" ? "{&quot;at" : "{\"at", StringComparison.Ordinal));
        return lines;
    }

    private static string Spelled(string format, RecordedEvent recorded, bool last) => format switch
    {
        "html" => HtmlText.Escape(EventLine.Write(recorded)),
        "json" when !last => EventLine.Write(recorded) + ",",
        _ => EventLine.Write(recorded),
    };
}
