using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Tests.Symptoms;

/// <summary>The phrases and weights belong together.</summary>
public class PhrasesAndWeightsTests
{
    [Fact]
    public void Every_label_is_weighed_and_no_other()
    {
        var labels = ClassWeights.Embedded.Described.Select(weights => weights.Class);

        Assert.Equal(SymptomClass.All.Order(), labels.Order());
    }

    [Fact]
    public void Every_phrase_is_weighed_and_every_weighed_phrase_exists()
    {
        var weighed = ClassWeights.Embedded.Described
            .SelectMany(weights => weights.Signals)
            .Where(signal => signal.StartsWith("phrase:", StringComparison.Ordinal))
            .Select(signal => signal["phrase:".Length..])
            .ToHashSet();

        Assert.Equal(weighed.Order(), Lexicon.Embedded.Signals.Order());
    }

    [Theory]
    [InlineData("The tree is green", "en")]
    [InlineData("mail mail", "en")]
    public void Words_without_a_symptom_are_no_signal(string text, string language)
    {
        var reading = SymptomReader.Read(text, []);

        Assert.Empty(reading.Signals);
        Assert.Equal(language, reading.Language);
        Assert.Equal("read.what-happened", reading.Ask?.Id);
    }

    [Fact]
    public void Words_of_one_phrase_count_only_near_each_other()
    {
        Assert.Contains(Signals("the mail is in the outbox"), signal => signal.Value == "mail-stays");
        Assert.DoesNotContain(Signals("mail " + new string('x', 100) + " outbox"), signal => signal.Value == "mail-stays");
        Assert.DoesNotContain(Signals("mailbox outboxes"), signal => signal.Value == "mail-stays");
    }

    [Fact]
    public void A_phrase_is_found_across_a_wrapped_line()
    {
        var signal = Assert.Single(Signals("the server says Service \r\n   not active"), signal => signal.Value == "service-not-active");

        Assert.Equal((16, 23), (signal.Start, signal.Length));
    }

    [Fact]
    public void A_name_of_ours_keeps_a_stray_word_from_ending_the_examination()
    {
        var reading = SymptomReader.Read("EX03: mail and calendar updates stay in the outbox", Organization.Names);

        Assert.NotEqual(SymptomClass.NoneOfOurs, reading.Class);
    }

    private static IReadOnlyList<Signal> Signals(string text) => SymptomReader.Read(text, []).Signals;
}
