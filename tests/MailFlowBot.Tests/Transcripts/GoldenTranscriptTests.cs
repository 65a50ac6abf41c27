using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Testing;
using MailFlowBot.Transcripts;

namespace MailFlowBot.Tests.Transcripts;

/// <summary>
/// Transcripts that an installation sealed once, with its public key. They must verify for as long as this format is read, and their events
/// must render to the same bytes. To accept a change of the rendering, run the tests with MAILFLOWBOT_GOLDEN=write: the files are sealed anew
/// by a key that is thrown away.
/// </summary>
public sealed class GoldenTranscriptTests
{
    private static readonly string Folder = Path.Combine(References.Root, "tests", "Golden", "transcripts");

    public static TheoryData<string, string> Files => new() { { "en", "md" }, { "ja", "md" }, { "en", "html" }, { "ja", "html" }, { "en", "json" } };

    static GoldenTranscriptTests()
    {
        if (Environment.GetEnvironmentVariable("MAILFLOWBOT_GOLDEN") != "write")
            return;
        using var key = ApprovalKey.Create();
        var log = SealedLogs.Whole(key);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "key.pem"), key.Public.ToPem() + "\n");
        foreach (var row in Files)
            File.WriteAllBytes(Golden((string)row[0], (string)row[1]), SealedLogs.Export(log, (string)row[1], key, (string)row[0]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_transcript_that_was_sealed_once_still_verifies(string language, string format)
    {
        var key = TrustedKey.FromPem(await File.ReadAllTextAsync(Path.Combine(Folder, "key.pem")));

        var verdict = VerifyTranscript.Verify(await File.ReadAllBytesAsync(Golden(language, format)), key);

        Assert.Equal(3, Assert.IsType<TranscriptIntact>(verdict).UpTo?.Number);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Its_events_still_render_to_the_same_bytes(string language, string format)
    {
        var lines = (await File.ReadAllTextAsync(Golden(language, format))).Split('\n');
        var log = EventBlock.Find(lines)!.Value.Events.Select(Recorded).ToList();
        using var key = ApprovalKey.Create();

        var again = SealedLogs.Text(SealedLogs.Export(log, format, key, language)).Split('\n');

        // All but the seal, whose signature no two exports share.
        Assert.Equal(lines[..^2], again[..^2]);
    }

    private static string Golden(string language, string format) => Path.Combine(Folder, $"incident.{language}.{format}");

    private static RecordedEvent Recorded(string text)
    {
        var line = EventLine.Read(text)!;
        return new RecordedEvent(
            SealedLogs.Id, line.Sequence, line.At, EventChain.ReadBody(line.Event.ToJsonString()), line.PreviousHash, line.Hash);
    }
}
