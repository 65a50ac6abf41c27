using System.Globalization;
using System.Text.Json;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Testing;
using Xunit.Abstractions;

namespace MailFlowBot.Skills.Tests.Symptoms;

/// <summary>The reader against real, labelled texts. They stay where they are; only figures and ids are printed.</summary>
public class DevelopmentTextsTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Component_inactive_is_named_or_left_open_and_never_given_to_another_text()
    {
        var read = Texts().Select(text => (text.Id, text.Label, text.Acceptable, Reading: SymptomReader.Read(text.Text, []))).ToList();

        foreach (var label in read.GroupBy(text => text.Label).OrderByDescending(group => group.Count()))
        {
            var open = label.Count(text => !Right(text) && text.Reading.Abstained);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{label.Key,-24} {label.Count(),3} texts: {label.Count(Right),3} right, {open,3} left open"));
        }

        var wrong = read.Where(text => !text.Reading.Abstained && !text.Acceptable.Contains(text.Reading.Class)).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"all: {read.Count(Right)} of {read.Count} right, {wrong.Count} wrong"));
        foreach (var (id, label, _, reading) in read.Where(text => !Right(text)))
        {
            var candidates = string.Join("; ", reading.Candidates.Take(3).Select(candidate => $"{candidate.Class} {candidate.Score}"));
            var signals = string.Join(", ", reading.Signals.Select(signal => $"{signal.Kind}:{signal.Value}"));
            output.WriteLine($"{id} {label} read as {reading.Class ?? "open"}: {candidates} [{signals}]");
        }

        Assert.NotEmpty(read);
        Assert.All(read.Where(text => text.Label == SymptomClass.ComponentInactive), text =>
            Assert.True(text.Reading.Abstained || text.Acceptable.Contains(text.Reading.Class), text.Id));
        Assert.All(read.Where(text => text.Reading.Class == SymptomClass.ComponentInactive), text =>
            Assert.True(text.Acceptable.Contains(SymptomClass.ComponentInactive), text.Id));
        Assert.InRange(wrong.Count, 0, read.Count / 20);

        static bool Right((string Id, string Label, IReadOnlyList<string?> Acceptable, SymptomReading Reading) text) =>
            text.Acceptable.Contains(text.Reading.Class);
    }

    private static IEnumerable<(string Id, string Label, IReadOnlyList<string?> Acceptable, string Text)> Texts()
    {
        foreach (var line in File.ReadLines(References.Path("data/symptoms/dev.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            yield return (
                root.GetProperty("id").GetString()!,
                root.GetProperty("label").GetString()!,
                [.. root.GetProperty("acceptable").EnumerateArray().Select(label => label.GetString())],
                root.GetProperty("text").GetString()!);
        }
    }
}
