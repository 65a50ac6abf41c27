using MailFlowBot.Incidents;

namespace MailFlowBot.Transcripts;

/// <summary>Says a statement of a skill in a language; null when there is no text for it any more.</summary>
internal delegate string? Wording(string language, Statement statement);
