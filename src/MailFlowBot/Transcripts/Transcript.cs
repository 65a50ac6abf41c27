using MailFlowBot.Incidents;

namespace MailFlowBot.Transcripts;

/// <summary>
/// The log of an incident as people read it, and the events themselves beside it. A pure projection: the same events give the same
/// transcript.
/// </summary>
internal sealed record Transcript
{
    private Transcript(IReadOnlyList<RecordedEvent> events) => Events = events;

    public IReadOnlyList<RecordedEvent> Events { get; }

    public IncidentId Incident => Events[0].Incident;

    public IncidentOpened Opened => (IncidentOpened)Events[0].Event;

    /// <summary>Hash of the last event.</summary>
    public string ChainHead => Events[^1].Hash;

    public required TranscriptStrings Strings { get; init; }

    /// <summary>Begins with SIMULATION / 訓練 when that is what it was.</summary>
    public required string Title { get; init; }

    /// <summary>What the whole log is about: labels with values.</summary>
    public required IReadOnlyList<(string Label, string Value)> Head { get; init; }

    public required IReadOnlyList<TranscriptEntry> Entries { get; init; }

    /// <summary>The canonical line of each event, from which the chain can be recomputed.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Address of this transcript on the bot's pages; null when they have none.</summary>
    public Uri? Page { get; private init; }

    /// <param name="language"><c>en</c> or <c>ja</c>; null takes the language of the thread.</param>
    /// <param name="baseUrl">Where the bot's pages are reached (Http:BaseUrl), for permalinks.</param>
    /// <exception cref="ArgumentException">The events are not those of an incident from its first on.</exception>
    public static Transcript Of(IReadOnlyList<RecordedEvent> events, string? language, Wording wording, Uri? baseUrl)
    {
        if (events.Count == 0 || events[0].Event is not IncidentOpened opened)
            throw new ArgumentException("A transcript begins with incident-opened.", nameof(events));
        var strings = TranscriptStrings.Of(language ?? opened.Language);
        var title = strings.Say("title", ("incident", events[0].Incident.ToString()));
        return new Transcript(events)
        {
            Strings = strings,
            Title = opened.Simulated ? $"{strings.Say("simulation")}: {title}" : title,
            Head = [.. TranscriptHead.Of(events, opened, strings)],
            Entries = Read(events, opened, strings, new EntryLines(strings, wording)),
            Lines = [.. events.Select(EventLine.Write)],
            Page = baseUrl is null ? null : new Uri(baseUrl, $"/transcripts/{events[0].Incident}"),
        };
    }

    /// <summary>Where an event of this transcript can be linked to.</summary>
    public string Permalink(long sequence) => $"{Page}#e{EntryTitle.Number(sequence)}";

    private static List<TranscriptEntry> Read(
        IReadOnlyList<RecordedEvent> events, IncidentOpened opened, TranscriptStrings strings, EntryLines lines)
    {
        var entries = new List<TranscriptEntry>(events.Count);
        var checkpoints = 0;
        foreach (var recorded in events)
        {
            if (recorded.Event is Checkpoint)
                checkpoints++;
            entries.Add(new TranscriptEntry(
                recorded.Sequence,
                recorded.At,
                EventLine.TypeOf(recorded.Event),
                EntryTitle.Of(recorded, strings, checkpoints),
                Quote(recorded.Event),
                [.. lines.Of(recorded.Event)],
                MessageLink.Of(opened.Conversation, recorded.Event)));
        }

        return entries;
    }

    private static string? Quote(IncidentEvent happened) => happened switch
    {
        MessageHeard heard => heard.Text,
        NoteAdded note => note.Text,
        PlanProposed plan => string.Join('\n', plan.Steps.Select(step => step.Command)),
        PlanWithheld { Commands: { } commands } => string.Join('\n', commands.Select(step => step.Command)),
        StepStarted step => step.Command,
        _ => null,
    };
}
