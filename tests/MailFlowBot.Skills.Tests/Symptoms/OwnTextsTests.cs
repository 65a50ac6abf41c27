using System.Text.Json;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Testing;
using Xunit.Abstractions;

namespace MailFlowBot.Skills.Tests.Symptoms;

/// <summary>
/// Texts of our own making, in the words of on-call people and of vendors, in nine languages (<c>own-texts.jsonl</c>). Those
/// of the set
/// <c>tuned</c> were looked at while phrases and weights grew; those of <c>held</c> were only ever counted.
/// </summary>
public class OwnTextsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("tuned", 0.95)]
    [InlineData("held", 0.85)]
    public void Most_are_read_right_and_hardly_any_gets_a_wrong_class(string set, double right)
    {
        var read = Texts().Where(text => text.Set == set).Select(text => (text.Acceptable, SymptomReader.Read(text.Text, []).Class)).ToList();

        var rightOnes = read.Count(text => text.Acceptable.Contains(text.Class));
        var named = read.Count(text => text.Class is not null);
        var wrong = read.Count(text => text.Class is not null && !text.Acceptable.Contains(text.Class));
        var foreign = read.Where(text => text.Acceptable.Contains(SymptomClass.NoneOfOurs)).ToList();
        var claimed = foreign.Count(text => text.Class is not null && !text.Acceptable.Contains(text.Class));
        output.WriteLine($"{set}: {read.Count} texts, {rightOnes} right, {named} named, {wrong} of them wrong; {foreign.Count} not ours, {claimed} of them claimed");
        Assert.InRange(rightOnes / (double)read.Count, right, 1);
        Assert.InRange(wrong / (double)named, 0, 0.07);
        Assert.InRange(claimed / (double)foreign.Count, 0, 0.05);
    }

    [Fact]
    public void What_is_declined_is_declined_with_a_reason_and_what_is_left_open_with_a_question()
    {
        Assert.All(Texts().Select(text => SymptomReader.Read(text.Text, [])), reading =>
        {
            Assert.Equal(reading.Class == SymptomClass.NoneOfOurs, reading.Declined is not null);
            Assert.Equal(reading.Abstained, reading.Ask is not null);
        });
    }

    private static IEnumerable<(string Set, IReadOnlyList<string?> Acceptable, string Text)> Texts()
    {
        foreach (var line in File.ReadLines(Path.Combine(References.Root, "tests", "MailFlowBot.Skills.Tests", "Symptoms", "own-texts.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            yield return (
                root.GetProperty("set").GetString()!,
                [.. root.GetProperty("acceptable").EnumerateArray().Select(label => label.GetString())],
                root.GetProperty("text").GetString()!);
        }
    }
}
