namespace MailFlowBot.Transcripts;

/// <summary>One event as people read it. All of it is plain text: a renderer escapes it.</summary>
/// <param name="Sequence">Number of the event; also the anchor <c>e12</c>.</param>
/// <param name="Type">The event's name in the format, such as <c>check-answered</c>.</param>
/// <param name="Quote">What a person wrote or which commands are meant, verbatim, with line breaks.</param>
/// <param name="Lines">Sentences, one line each.</param>
/// <param name="Message">The message in the channel, where the channel has links.</param>
internal sealed record TranscriptEntry(
    long Sequence, DateTimeOffset At, string Type, string Title, string? Quote, IReadOnlyList<string> Lines, Uri? Message);
