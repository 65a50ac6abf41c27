using System.Text.RegularExpressions;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// Reads a symptom text: free words, pasted logs, events, SMTP dialogues, cmdlet output, in English or Japanese. Deterministic
/// and
/// offline; any text is fine, and the time depends only on the first 64 Ki characters.
/// </summary>
public static class SymptomReader
{
    // What decides comes first: the list of signals is limited.
    private static readonly IReadOnlyList<Action<NormalizedText, SignalList>> Extractors =
        [
            SmtpReplies.Read, WindowsEvents.Read, ComponentStates.Read, ConsoleOutput.Read, EhloDialogues.Read, Lexicon.Embedded.Read,
            TransportLogs.Read, VersionsAndTimes.Read,
        ];

    /// <param name="inventory">The servers there are; only these are ever read as servers.</param>
    public static SymptomReading Read(string text, IReadOnlyCollection<ServerName> inventory)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(inventory);
        var normalized = NormalizedText.Of(text);
        var collected = new SignalList(normalized);
        if (normalized.Truncated)
            collected.AddTruncated();
        (IReadOnlyList<ServerName> Servers, IReadOnlyList<UnknownServer> Unknown) names = ([], []);
        Guarded((from, into) => names = HostNames.Read(from, inventory, into), normalized, collected);
        foreach (var extract in Extractors)
            Guarded(extract, normalized, collected);

        var weights = ClassWeights.Embedded;
        var candidates = weights.Rank(collected.InOrder());
        if (Absence.Of(normalized, candidates) is { } absent)
        {
            collected.Add(Absence.Kind, absent, 0, normalized.Text.Length);
            candidates = weights.Rank(collected.InOrder());
        }

        var signals = collected.InOrder();
        var decided = candidates is [var best, ..] && best.Score >= weights.Decide
            && (candidates.Count == 1 || best.Score - candidates[1].Score >= weights.Lead)
                ? best.Class
                : null;
        return new SymptomReading(
            TextLanguage.Of(normalized),
            decided,
            candidates.Count > 0 ? candidates[0].Score : 0,
            decided is null,
            candidates,
            signals,
            names.Servers,
            names.Unknown,
            [.. candidates.SelectMany(candidate => weights.ArticlesOf(candidate.Class)).Distinct()],
            Questions.Ask(decided, candidates, names.Servers, names.Unknown),
            Questions.Declined(decided, candidates))
        {
            Text = text.Length <= NormalizedText.Limit ? text : text[..NormalizedText.Limit],
        };
    }

    // The patterns are linear, so only a machine that stood still for half a second runs into their timeout. What was found by
    // then
    // counts, and the reading says that it is not all.
    private static void Guarded(Action<NormalizedText, SignalList> extract, NormalizedText text, SignalList signals)
    {
        try
        {
            extract(text, signals);
        }
        catch (RegexMatchTimeoutException)
        {
            signals.Add("timed-out", "", 0, text.Text.Length);
        }
    }
}
