using System.Text;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using IncidentId = MailFlowBot.Incidents.IncidentId;

namespace MailFlowBot.Transcripts;

/// <summary>Exports the log of an incident as a sealed file.</summary>
/// <param name="key">The installation's key.</param>
/// <param name="baseUrl">Where the bot's pages are reached, for permalinks; null where they are not.</param>
internal sealed class ExportTranscript(IIncidentStore store, ApprovalKey key, Wording wording, Uri? baseUrl)
{
    /// <returns>The file as UTF-8 without a byte order mark, lines ending in a line feed; null when there is no such incident.</returns>
    public async Task<SealedTranscript?> ExportAsync(
        IncidentId id, TranscriptFormat format, string? language, CancellationToken cancellationToken)
    {
        var events = await store.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        return events.Count == 0 ? null : Write(Transcript.Of(events, language, wording, baseUrl), format, key);
    }

    public static SealedTranscript Write(Transcript transcript, TranscriptFormat format, ApprovalKey key)
    {
        var lines = format switch
        {
            TranscriptFormat.Markdown => MarkdownTranscript.Lines(transcript),
            TranscriptFormat.Html => HtmlTranscript.Lines(transcript),
            _ => JsonTranscript.Lines(transcript),
        };
        var body = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        var seal = Seal.Over(body, transcript.Incident.ToString(), transcript.Events.Count, transcript.ChainHead, key);
        byte[] file = [.. body, .. Encoding.UTF8.GetBytes(seal.Line(format) + "\n")];
        return new SealedTranscript(file, transcript.Incident, transcript.Events.Count);
    }
}

/// <param name="Bytes">The whole file.</param>
/// <param name="Events">How many events are in it.</param>
internal sealed record SealedTranscript(byte[] Bytes, IncidentId Incident, int Events);
