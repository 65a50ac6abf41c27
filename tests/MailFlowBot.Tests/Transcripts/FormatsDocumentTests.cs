using System.Reflection;
using System.Text.Json.Serialization;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Testing;
using MailFlowBot.Transcripts;

namespace MailFlowBot.Tests.Transcripts;

public sealed class FormatsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(References.Root, "docs", "formats.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_documented_transcript_verifies_with_the_documented_key()
    {
        var transcript = Between("```json\n{", "\n```\n");
        var key = TrustedKey.FromPem(Between("-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----") + "-----END PUBLIC KEY-----");

        var verdict = VerifyTranscript.Verify(SealedLogs.Bytes(transcript["```json\n".Length..] + "\n"), key);

        Assert.Equal(1, Assert.IsType<TranscriptIntact>(verdict).UpTo?.Number);
    }

    [Fact]
    public void The_document_names_every_type_of_event()
    {
        foreach (var kind in typeof(IncidentEvent).GetCustomAttributes<JsonDerivedTypeAttribute>())
            Assert.Contains($"`{kind.TypeDiscriminator}`", Document, StringComparison.Ordinal);
    }

    private static string Between(string from, string to)
    {
        var start = Document.IndexOf(from, StringComparison.Ordinal);
        return Document[start..Document.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
