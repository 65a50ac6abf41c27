using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>Whether a finding accounts for what was reported.</summary>
public enum Explains { Explains, Partly, DoesNotExplain }

/// <summary>One observation that bears on a finding.</summary>
/// <param name="Read">The read it comes from; null for what the report itself says.</param>
/// <param name="At">When it was read.</param>
public sealed record Evidence(Line Text, ReadOperation? Read, DateTimeOffset? At);

/// <summary>What is the matter with a server.</summary>
/// <param name="Class">A constant of <see cref="FindingClass"/>.</param>
/// <param name="Server">Null only when it is about the organisation.</param>
/// <param name="Confidence">0 to 1, in the finding itself.</param>
/// <param name="Article">Such as <c>KB2866822</c>.</param>
/// <param name="Paragraph">The part of the article that is followed, such as <c>Resolution, step 1</c>.</param>
/// <param name="Against">What speaks against it.</param>
/// <param name="NotSeen">What could not be read, and why; never a sign of health.</param>
public sealed record Finding(
    string Class,
    ServerName? Server,
    Explains Explains,
    double Confidence,
    string Article,
    string Paragraph,
    Line Headline,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<Evidence> Against,
    IReadOnlyList<Evidence> NotSeen);
