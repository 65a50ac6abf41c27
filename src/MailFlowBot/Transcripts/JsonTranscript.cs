using System.Text;
using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>
/// A transcript as one JSON object, without its last member, the seal. The events stand in it verbatim, one a line, so that line tools and
/// JSON tools can both read it.
/// </summary>
internal static class JsonTranscript
{
    public static IEnumerable<string> Lines(Transcript transcript)
    {
        yield return "{";
        yield return Member("title", transcript.Title);
        yield return Member("format", Seal.FormatName);
        yield return Member("incident", transcript.Incident.ToString());
        yield return Member("organization", transcript.Opened.Organization);
        yield return Member("simulated", transcript.Opened.Simulated);
        yield return Member("hears", transcript.Opened.Hears);
        yield return Member("openedBy", transcript.Opened.By.Name);
        yield return Member("opened", TranscriptTime.Write(transcript.Events[0].At));
        yield return Member("last", TranscriptTime.Write(transcript.Events[^1].At));
        if (transcript.Page is { } page)
            yield return Member("page", page.AbsoluteUri);
        foreach (var line in EventBlock.Write(TranscriptFormat.Json, transcript.Lines))
            yield return line;
    }

    private static string Member(string name, JsonNode value) => $"\"{name}\":{Encoding.UTF8.GetString(CanonicalJson.Serialize(value))},";
}
