using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Testing;

namespace MailFlowBot.Skills.Tests.Symptoms;

/// <summary>The articles the product starts from, read as if somebody had pasted them.</summary>
public class SeedTextsTests
{
    [SkippableTheory]
    [InlineData("000_9e5c45790fcd577f.txt", "en")]
    [InlineData("001_b0356c0abc5fce3f.txt", "ja")]
    public void The_article_itself_is_recognised_in_both_languages(string file, string language)
    {
        var text = File.ReadAllText(References.Path($"seeds/{file}"));

        var reading = SymptomReader.Read(text, Organization.Names);

        Assert.Equal(SymptomClass.ComponentInactive, reading.Class);
        Assert.Equal(language, reading.Language);
        Assert.Empty(reading.Servers);
        Assert.True(reading.HasSignal("smtp-reply", "412 4.3.2"));
        Assert.True(reading.HasSignal("requester", "Functional"));
        Assert.All(reading.Signals, signal => Assert.InRange(signal.Start + signal.Length, 1, text.Length));
    }
}
