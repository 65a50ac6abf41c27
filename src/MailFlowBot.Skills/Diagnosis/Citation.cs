namespace MailFlowBot.Skills.Diagnosis;

/// <summary>Where the knowledge behind a finding stands.</summary>
/// <param name="Article">A KB number, or the topic of the product's documentation.</param>
/// <param name="Paragraph">Its part.</param>
internal sealed record Citation(string Article, string Paragraph);
