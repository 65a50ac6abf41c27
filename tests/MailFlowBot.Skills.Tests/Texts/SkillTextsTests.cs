using System.Text.RegularExpressions;
using MailFlowBot.Skills.Texts;
using MailFlowBot.Testing;

namespace MailFlowBot.Skills.Tests.Texts;

public partial class SkillTextsTests
{
    [Fact]
    public void Every_text_exists_in_both_languages_with_the_same_arguments()
    {
        var english = SkillTexts.Of("en");
        var japanese = SkillTexts.Of("ja");

        Assert.Equal(english.Keys.Order(), japanese.Keys.Order());
        Assert.All(english, text => Assert.Equal(text.Value.Places.Order(), japanese[text.Key].Places.Order()));
        Assert.All(english, text => Assert.NotEqual(text.Value.Source, japanese[text.Key].Source));
    }

    [Fact]
    public void Every_id_that_the_code_names_has_a_text_and_every_text_is_named()
    {
        var sources = Directory
            .EnumerateFiles(Path.Combine(References.Root, "src", "MailFlowBot.Skills"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Id().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet();

        Assert.Equal(SkillTexts.Of("en").Keys.Order(), sources.Order());
    }

    [Fact]
    public void Arguments_are_inserted_as_they_are_and_only_once()
    {
        var line = Line.Of("read.did-you-mean", ("name", "{nearest} <b>"), ("nearest", "EX03"));

        Assert.Equal("There is no server {nearest} <b> in the inventory. Do you mean EX03?", SkillTexts.Format("en", line));
    }

    [Fact]
    public void A_language_without_texts_gets_english()
    {
        var line = Line.Of("read.what-happened");

        Assert.Equal(SkillTexts.Format("en", line), SkillTexts.Format("de", line));
        Assert.NotEqual(SkillTexts.Format("en", line), SkillTexts.Format("ja", line));
    }

    [Fact]
    public void An_unknown_id_or_a_missing_argument_is_refused_by_name()
    {
        Assert.False(SkillTexts.Has("no.such"));
        Assert.Contains("no.such", Assert.Throws<KeyNotFoundException>(() => SkillTexts.Format("en", Line.Of("no.such"))).Message, StringComparison.Ordinal);
        Assert.Contains("nearest", Assert.Throws<KeyNotFoundException>(
            () => SkillTexts.Format("en", Line.Of("read.did-you-mean", ("name", "EX07")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_with_the_same_id_and_arguments_are_equal()
    {
        Assert.Equal(Line.Of("a", ("x", "1"), ("y", "2")), Line.Of("a", ("y", "2"), ("x", "1")));
        Assert.NotEqual(Line.Of("a", ("x", "1")), Line.Of("a", ("x", "2")));
    }

    // Ids are lower case words with one dot; file names and versions that look alike end in known suffixes.
    [GeneratedRegex("\"((?:read|ask|conclusion|not-seen|evidence|component-inactive|maintenance|update|runbook|transport-stopped|transport-crashing|back-pressure|store-disk|queue-database|database-unavailable"
        + "|name-resolution|peer-authentication|certificates|connectors|edge-sync|transport-agents|antimalware|poison-queue|shadow-redundancy|mail-filtering|smtp-verbs|legacy-routing)\\.[a-z0-9-]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
