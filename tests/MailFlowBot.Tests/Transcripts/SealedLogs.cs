using System.Text;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Tests.Incidents;
using MailFlowBot.Transcripts;
using IncidentId = MailFlowBot.Incidents.IncidentId;

namespace MailFlowBot.Tests.Transcripts;

/// <summary>Logs with real checkpoints, and the files they become.</summary>
internal static class SealedLogs
{
    public static readonly IncidentId Id = new(7);

    public static readonly Uri Pages = new("https://bot.contoso.com/");

    public static TheoryData<string> Formats => ["md", "html", "json"];

    /// <summary>A log in which null stands for a checkpoint.</summary>
    public static IReadOnlyList<RecordedEvent> Log(ApprovalKey key, params IEnumerable<IncidentEvent?> events)
    {
        var log = new List<RecordedEvent>();
        foreach (var happened in events)
        {
            log.Add(EventChain.Link(
                Id, log.LastOrDefault(), Happenings.Start.AddSeconds(log.Count), happened ?? CheckpointSigner.Sign(log[^1], key)));
        }

        return log;
    }

    /// <summary>Every kind of event, and checkpoints at a decision and at the end of a step.</summary>
    public static IReadOnlyList<RecordedEvent> Whole(ApprovalKey key) => Log(
        key,
        EveryEvent.All.Where(happened => happened is not Checkpoint).SelectMany(happened =>
            happened is DecisionTaken or StepFinished ? new[] { happened, null } : [happened]));

    /// <summary>Events 1 to 6; checkpoint 1 is event 3 and covers 2, checkpoint 2 is event 5 and covers 4.</summary>
    public static IReadOnlyList<RecordedEvent> Short(ApprovalKey key) => Log(
        key, Happenings.Opened(), Happenings.Note("first"), null, Happenings.Note("second"), null, Happenings.Note("third"));

    public static byte[] Export(IReadOnlyList<RecordedEvent> log, string format, ApprovalKey key, string language = "en") =>
        ExportTranscript.Write(
            Transcript.Of(log, language, Wording, Pages), TranscriptFormats.Find(format)!.Value, key).Bytes;

    public static string Text(byte[] file) => Encoding.UTF8.GetString(file);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string? Wording(string language, Statement statement) =>
        statement.Id == "hub-transport-inactive.headline" ? $"HubTransport on {statement.Args["server"]} is Inactive" : null;
}
