using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailFlowBot.Cards;
using MailFlowBot.Conversing;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Wording;

namespace MailFlowBot;

/// <summary>
/// <c>drill list|run</c>: game days without a game master. Everything happens in memory and in a store that is thrown away, never in the
/// installation's own; where a real organisation is bound there are no drills at all.
/// </summary>
internal static class DrillVerb
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int List(bool json)
    {
        if (IsRefused())
            return Verbs.Refusal;
        foreach (var drill in Drills.All)
        {
            Console.WriteLine(json
                ? Described(drill).ToJsonString(Compact)
                : $"{drill.Name,-28} {drill.Forest}  {drill.Server?.Value ?? "all",-6}  {drill.Expected.Finding} · {drill.Expected.PlanClass?.ToString() ?? drill.Expected.Refusal ?? "no plan"}");
        }

        return Verbs.Fine;
    }

    public static Task<int> RunAsync(string name, string language, bool json, CancellationToken cancellationToken) => Start.WithFilesAsync(async () =>
    {
        if (IsRefused())
            return Verbs.Refusal;
        if (Drills.All.FirstOrDefault(drill => drill.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } drill)
            return await UnknownAsync(name).ConfigureAwait(false);
        await (json ? Console.Error : Console.Out).WriteLineAsync(Phrases.Say(language, "simulation.banner", ("organization", drill.Forest.ToString()))).ConfigureAwait(false);
        var outcome = await DrillRun.OfAsync(drill, language, cancellationToken).ConfigureAwait(false);
        if (json)
            await Console.Out.WriteLineAsync(Json(outcome).ToJsonString(Compact)).ConfigureAwait(false);
        else
            await SayAsync(outcome, language).ConfigureAwait(false);
        foreach (var fault in outcome.Faults)
            await Console.Error.WriteLineAsync("Failed: " + fault).ConfigureAwait(false);
        return outcome.Passed ? Verbs.Fine : Verbs.Refusal;
    });

    /// <summary>The result as <c>drill run --json</c> prints it.</summary>
    internal static JsonObject Json(DrillRun.Outcome outcome) => new()
    {
        ["drill"] = outcome.Drill.Name,
        ["passed"] = outcome.Passed,
        ["finding"] = outcome.Finding,
        ["plan"] = outcome.Plan,
        ["calls"] = outcome.Calls,
        ["ms"] = Math.Round(outcome.Ms, 1),
        ["score"] = outcome.Score,
    };

    /// <summary>A drill as <c>drill list --json</c> prints it: its row of the table that it is scored against.</summary>
    internal static JsonObject Described(Drill drill) => new()
    {
        ["drill"] = drill.Name,
        ["organization"] = drill.Forest.ToString(),
        ["server"] = drill.Server?.Value,
        ["finding"] = drill.Expected.NoFinding ? null : drill.Expected.Finding,
        ["plan"] = drill.Expected.PlanClass?.ToString(),
        ["refusal"] = drill.Expected.Refusal,
    };

    // Looked at before the configuration is judged: a faulty one that names a real organisation is no reason to drill.
    private static bool IsRefused()
    {
        if (!string.Equals(Start.Configuration()["Organization:Mode"], "Remote", StringComparison.OrdinalIgnoreCase))
            return false;
        Console.Error.WriteLine("drill: " + Phrases.Say("en", "talk.drill-refused"));
        return true;
    }

    private static async Task<int> UnknownAsync(string name)
    {
        var shown = CardText.Shorten(CardText.Clean(name), 80);
        await Console.Error.WriteLineAsync(NearMiss.Of(name, Drills.All.Select(drill => drill.Name)) is { } near
            ? $"drill: There is no drill '{shown}'. Did you mean {near}? 'drill list' shows all."
            : $"drill: There is no drill '{shown}'. There are: {string.Join(", ", Drills.All.Select(drill => drill.Name))}.").ConfigureAwait(false);
        return Verbs.WrongUse;
    }

    private static async Task SayAsync(DrillRun.Outcome outcome, string language)
    {
        await Console.Out.WriteLineAsync($"{outcome.Drill.Name} · {DrillRun.Report(outcome.Drill, language)}").ConfigureAwait(false);
        foreach (var check in outcome.Checks)
        {
            await Console.Out.WriteLineAsync(Phrases.Say(
                language, check.Held ? "drill.held" : "drill.missed", ("what", check.What), ("expected", check.Expected), ("seen", check.Seen))).ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync(Phrases.Say(
            language,
            outcome.Passed ? "drill.passed" : "drill.failed",
            ("score", outcome.Score.ToString("0.##", CultureInfo.InvariantCulture)),
            ("calls", outcome.Calls.ToString(CultureInfo.InvariantCulture)),
            ("took", Times.Milliseconds(outcome.Ms)))).ConfigureAwait(false);
    }
}
