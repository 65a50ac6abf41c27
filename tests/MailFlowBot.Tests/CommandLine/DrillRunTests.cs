using System.Text.Json.Nodes;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Tests.CommandLine;

/// <summary>Drills as the command line runs and scores them.</summary>
public sealed class DrillRunTests
{
    public static TheoryData<string> Names => [.. Drills.All.Select(drill => drill.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_drill_is_passed_with_all_of_its_checks(string name)
    {
        var outcome = await DrillRun.OfAsync(Drills.Named(name)!, "en", CancellationToken.None);

        Assert.Empty(outcome.Faults);
        Assert.All(outcome.Checks, check => Assert.Equal(check.Expected, check.Seen));
        Assert.Equal((true, 1d), (outcome.Passed, outcome.Score));
        // Of organisation B only one drill has an endpoint to call.
        Assert.True(outcome.Calls > 0 || outcome.Drill.Forest == SimulatedForest.B);
        // What was planned was also approved, and somebody looked what became of it.
        Assert.Equal(outcome.Plan is not null, outcome.Checks.Any(check => check.What is "outcome" or "next-plan"));
    }

    [Theory]
    [InlineData("maintenance", "transport-inactive")]
    [InlineData("transport-inactive", "maintenance")]
    [InlineData("drift", "transport-inactive")]
    public async Task A_drill_that_goes_otherwise_than_its_table_says_is_not_passed(string happens, string expected)
    {
        var wrong = Drills.Named(happens)! with { Expected = Drills.Named(expected)!.Expected };
        var outcome = await DrillRun.OfAsync(wrong, "en", CancellationToken.None);

        Assert.False(outcome.Passed);
        Assert.InRange(outcome.Score, 0, 0.99);
        Assert.Contains(outcome.Checks, check => !check.Held);
    }

    [Fact]
    public async Task The_documented_examples_are_what_is_printed()
    {
        var outcome = await DrillRun.OfAsync(Drills.Default, "en", CancellationToken.None);
        var documented = FormatsExample.After("## drill");

        Assert.Equal(
            Known(documented[0]),
            Known(DrillVerb.Described(Drills.Default)));
        Assert.Equal(Known(documented[1], "calls", "ms"), Known(DrillVerb.Json(outcome), "calls", "ms"));
        Assert.Equal(documented[1].Select(member => member.Key), DrillVerb.Json(outcome).Select(member => member.Key));
    }

    private static string Known(JsonObject json, params string[] measured)
    {
        var known = (JsonObject)json.DeepClone();
        foreach (var name in measured)
            known.Remove(name);
        return known.ToJsonString();
    }
}
