namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// What a text does not say. A whole report in which nothing points to mail flow is a hint, not a proof, that it is about
/// something else;
/// it decides only together with something that is known not to be ours.
/// </summary>
internal static class Absence
{
    public const string Kind = "absence";
    // Arbitrary: below the first a text is a remark, and what is missing from a remark says nothing; from the second on it is
    // a report in full.
    private const int Remark = 40;
    private const int FullReport = 160;

    /// <summary>The signal's value; null when the text does not speak by its silence.</summary>
    public static string? Of(NormalizedText text, IReadOnlyList<Candidate> candidates)
    {
        // What was cut off may say it.
        if (text.Truncated || candidates.Any(candidate => candidate.Class != SymptomClass.NoneOfOurs))
            return null;
        var weight = Weight(text.Text);
        return weight < Remark ? null : weight < FullReport ? "mail-flow" : "mail-flow-in-full-report";
    }

    // One ideograph or syllable says about as much as three letters of an alphabet.
    private static int Weight(string text) => text.Sum(unit => unit >= '\u3041' ? 3 : 1);
}
