namespace MailFlowBot.Incidents;

/// <summary>What a masked part was; the gravest first.</summary>
internal enum RedactedKind
{
    Secret,
    Subject,
    Address,
    Host,
}

/// <param name="Start">UTF-16 offset of the first character.</param>
/// <param name="End">UTF-16 offset behind the last character.</param>
internal readonly record struct RedactedPart(int Start, int End, RedactedKind Kind);
