using System.Collections.Frozen;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace MailFlowBot.Conversing;

/// <summary>
/// Tells a command from a report. Pure. A command is one short line that begins with a command's word; everything longer is a report, so
/// that a pasted log which happens to begin with "status" is read and not obeyed.
/// </summary>
internal static class Interpreter
{
    private const int LongestCommand = 80;
    private const int LongestNote = 2000;

    private static readonly string[] Commands =
        ["help", "status", "servers", "incidents", "note", "freeze", "lift", "drill", "language", "close", "check"];

    private static readonly Lazy<FrozenDictionary<string, FrozenSet<string>>> Words = new(LoadWords);

    public static Intent Interpret(string text)
    {
        var readable = new string([.. text.Where(character => !char.IsControl(character) || character is '\n' or '\t')]).Trim();
        if (!readable.Any(char.IsLetterOrDigit))
            return readable is "?" or "？" ? new Intent.Help() : new Intent.Empty();
        if (readable.Length > LongestNote || (readable.Contains('\n', StringComparison.Ordinal) && !StartsWithNote(readable)))
            return new Intent.Report(text);

        var folded = Fold(readable);
        var space = folded.IndexOfAny([' ', '\n', '\t']);
        var head = space < 0 ? folded : folded[..space];
        var rest = space < 0 ? "" : readable[Math.Min(space, readable.Length)..].Trim();
        if (head == "note" && rest.Length > 0)
            return new Intent.Note(rest);
        if (readable.Length > LongestCommand)
            return new Intent.Report(text);

        Intent? meant = Vague(folded) ?? Command(head, rest) ?? Near(folded);
        return meant ?? new Intent.Report(text);
    }

    private static Intent? Vague(string folded)
    {
        var bare = folded.TrimEnd('.', '!', '?', '。', '！');
        return Words.Value["help"].Contains(bare) ? new Intent.Help()
            : Words.Value["authority"].Contains(bare) ? new Intent.Authority()
            : Words.Value["restart"].Contains(bare) ? new Intent.VagueRestart()
            : Words.Value["chatter"].Contains(bare) ? new Intent.Chatter()
            : null;
    }

    private static Intent? Command(string head, string rest) => (head, rest.Length > 0) switch
    {
        ("status", false) => new Intent.Status(),
        ("servers", false) => new Intent.Servers(),
        ("incidents", false) => new Intent.Incidents(),
        ("freeze", _) => new Intent.Freeze(rest),
        ("lift", false) => new Intent.Lift(),
        ("close", false) => new Intent.Close(),
        ("drill", _) when !rest.Contains(' ', StringComparison.Ordinal) => new Intent.Drill(rest),
        ("check", true) when !rest.Contains(' ', StringComparison.Ordinal) => new Intent.Check(rest),
        ("language", true) when Fold(rest) is "en" or "english" or "英語" => new Intent.Speak("en"),
        ("language", true) when Fold(rest) is "ja" or "japanese" or "日本語" => new Intent.Speak("ja"),
        _ => null,
    };

    // One word that is almost a command.
    private static Intent.DidYouMean? Near(string folded) =>
        !folded.Contains(' ', StringComparison.Ordinal) && NearMiss.Of(folded, Commands) is { } command ? new Intent.DidYouMean(command) : null;

    private static bool StartsWithNote(string text) => text.StartsWith("note ", StringComparison.OrdinalIgnoreCase);

    private static string Fold(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // A lone surrogate cannot be normalised; such a text is no command.
            return text;
        }
    }

    private static FrozenDictionary<string, FrozenSet<string>> LoadWords()
    {
        using var stream = typeof(Interpreter).Assembly.GetManifestResourceStream("words.yaml")
            ?? throw new InvalidOperationException("The assembly lacks words.yaml.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ((YamlMappingNode)yaml.Documents[0].RootNode).Children.ToFrozenDictionary(
            pair => ((YamlScalarNode)pair.Key).Value!,
            pair => ((YamlSequenceNode)pair.Value).Children.Select(word => Fold(((YamlScalarNode)word).Value!)).ToFrozenSet());
    }
}
