using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// What a symptom text says, and how sure that is. It is a person's word: it starts checks and never allows a change.
/// </summary>
/// <param name="Language">ISO 639-1 code of the text's language as far as recognised; <c>en</c> where nothing tells.</param>
/// <param name="Class">A label of <see cref="SymptomClass"/>; null when the text does not decide.</param>
/// <param name="Confidence">0 to 1: the score of the class, or of the best candidate when abstained.</param>
/// <param name="Candidates">Best first.</param>
/// <param name="Signals">In the order of the text; each kind and value once, where it first stands.</param>
/// <param name="Servers">Inventory servers that the text names, spelled as the inventory does.</param>
/// <param name="Articles">KB articles that cover the candidates, such as <c>KB2866822</c>.</param>
/// <param name="Ask">The one question that would decide; null when nothing needs asking.</param>
/// <param name="Declined">Why it is <c>none_of_ours</c>; null when it is not, or nothing is decided.</param>
public sealed record SymptomReading(
    string Language,
    string? Class,
    double Confidence,
    bool Abstained,
    IReadOnlyList<Candidate> Candidates,
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<ServerName> Servers,
    IReadOnlyList<UnknownServer> UnknownServers,
    IReadOnlyList<string> Articles,
    Line? Ask,
    Line? Declined)
{
    /// <summary>
    /// The text that was read, as it was given, cut at the reader's limit. For the skills that understand pasted console output; foreign
    /// text.
    /// </summary>
    public string Text { get; init; } = "";

    public bool HasSignal(string kind, string value) => Signals.Any(signal => signal.Kind == kind && signal.Value == value);
}

/// <summary>A name that looks like a server of the organisation and is none.</summary>
/// <param name="Name">As typed, width normalised.</param>
/// <param name="Nearest">The inventory server it resembles; null when it resembles none.</param>
public sealed record UnknownServer(string Name, ServerName? Nearest);
