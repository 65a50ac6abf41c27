using System.Text.RegularExpressions;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Testing;
using MailFlowBot.Wording;

namespace MailFlowBot.Tests.Wording;

public sealed partial class PhrasesTests
{
    [Fact]
    public void Both_languages_say_the_same_things_with_the_same_arguments()
    {
        Assert.Equal(Phrases.Ids("en").Order(), Phrases.Ids("ja").Order());
        Assert.All(Phrases.Ids("en"), id => Assert.Equal(Arguments("en", id), Arguments("ja", id)));
    }

    [Fact]
    public void Every_state_refusal_and_reason_has_its_sentence()
    {
        var ids = Phrases.Ids("en");
        Assert.All(Enum.GetValues<ChangeRefusal>(), code => Assert.Contains("refusal." + Statements.Kebab(code), ids));
        Assert.All(Enum.GetValues<NotSeenReason>(), code => Assert.Contains("not-seen." + Statements.Kebab(code), ids));
        Assert.All(Enum.GetValues<Reversibility>(), code => Assert.Contains("reversibility." + Statements.Kebab(code), ids));
        Assert.All(Enum.GetValues<GuardEffect>(), code => Assert.Contains("guard-effect." + Statements.Kebab(code), ids));
        Assert.All(Enum.GetValues<IncidentState>(), code => Assert.Contains("state." + Statements.Kebab(code), ids));
    }

    [Fact]
    public void Every_sentence_that_the_source_asks_for_exists()
    {
        var asked = Directory.EnumerateFiles(Path.Combine(References.Root, "src", "MailFlowBot"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Transcripts", StringComparison.Ordinal) && !file.Contains("Channels", StringComparison.Ordinal))
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct()
            .ToList();
        Assert.True(asked.Count > 60, $"only {asked.Count} ids were found in the source");
        Assert.All(asked, id => Assert.Contains(id, Phrases.Ids("en")));
    }

    private static IEnumerable<string> Arguments(string language, string id) =>
        Argument().Matches(Phrases.Pattern(language, id)).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{[a-zA-Z]+\}")]
    private static partial Regex Argument();

    [GeneratedRegex("\"((?:simulation|button|reading|checks|findings|runbook|plan|decision|step|condition|click|notify|talk|status|details|symptom)\\.[a-z0-9-]+(?:\\.[a-z]+)?)\"")]
    private static partial Regex Asked();
}
