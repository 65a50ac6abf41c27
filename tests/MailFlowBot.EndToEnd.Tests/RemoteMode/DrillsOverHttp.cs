using System.Text.Json.Nodes;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary>
/// A drill of the lab from the report to its end, with nothing between the two processes but HTTP; scored against the drill's own
/// expectation.
/// </summary>
internal static class DrillsOverHttp
{
    /// <summary>Not <c>not-restarted</c>: only an SMTP probe tells it, and the lab has no SMTP doors.</summary>
    public static TheoryData<string> Names =>
        [.. Drills.OfOrganizationA.Where(drill => drill.Name != "not-restarted").Select(drill => drill.Name)];

    public static async Task CarryAsync(LabProcess lab, string name)
    {
        var drill = Drills.Named(name)!;
        await lab.CommandAsync("drill " + name);
        using var installation = new Installation(lab);
        installation.MakeLaboratory();
        if (name == "no-windows-endpoint")
            installation.WithoutWindows();
        await using var chat = await Chat.BeginAsync(installation);
        await chat.SayAsync($"users on {drill.Server?.Value ?? "EX03"} say mail stays in Outbox, telnet gives 412 4.3.2 Service not active");
        var card = await chat.NewestAsync();

        Assert.Equal(drill.Expected.NoFinding ? null : drill.Expected.Finding, (string?)card["finding"]?["class"]);
        if (drill.Expected.Explains is { } explains)
            Assert.Equal(explains, (string?)card["finding"]!["explains"]);
        Assert.Equal(drill.Expected.PlanClass?.ToString(), (string?)card["class"]);
        if (drill.Expected.PlanClass is null)
        {
            Assert.Equal(drill.Expected.Refusal, (string?)card["refusal"]);
            Assert.Null(card["plan"]);
            return;
        }

        Assert.Equal(drill.Expected.Steps.Select(step => step.Id), Operations(card).Take(drill.Expected.Steps.Count));
        await CarryOutAsync(lab, chat, drill, card);
    }

    private static async Task CarryOutAsync(LabProcess lab, Chat chat, Drill drill, JsonNode card)
    {
        if (drill.AfterPlan is not null)
            await lab.CommandAsync("after-plan");
        var before = (await ChangesAsync(lab)).Count;
        var after = await ApproveAsync(chat, card);
        if (drill.AfterPlan is not null)
        {
            // Refused with the difference, and nothing was sent; what is so now needs a plan of its own.
            Assert.Equal(("drift", "awaiting-approval"), ((string?)after["refusal"], (string?)after["state"]));
            Assert.NotEqual((string?)card["plan"]!["digest"], (string?)after["plan"]!["digest"]);
            Assert.Equal(before, (await ChangesAsync(lab)).Count);
            return;
        }

        var sent = Operations(card).Count;
        if (drill.Expected.NextClass is { } next)
        {
            Assert.Equal((next.ToString(), "awaiting-approval"), ((string?)after["class"], (string?)after["state"]));
            sent += Operations(after).Count;
            after = await ApproveAsync(chat, after);
        }

        Assert.Equal("held", (string?)after["state"]);
        var changes = (await ChangesAsync(lab)).Skip(before).ToList();
        Assert.Equal(sent, changes.Count);
        Assert.Equal(changes.Count, changes.Distinct().Count());
    }

    private static async Task<JsonNode> ApproveAsync(Chat chat, JsonNode card)
    {
        foreach (var approver in (string?)card["class"] == "B" ? (string[])["bob", "carol"] : ["bob"])
        {
            await chat.SayAsync("/as " + approver);
            var said = await chat.SayAsync("/click Approve reason=agreed with the owner");
            Assert.DoesNotContain("refused:", said, StringComparison.Ordinal);
        }

        return await chat.NewestAsync();
    }

    private static List<string> Operations(JsonNode card) => [.. card["plan"]!["steps"]!.AsArray().Select(step => (string)step!["operation"]!)];

    private static async Task<IReadOnlyList<string>> ChangesAsync(LabProcess lab) =>
        [.. (await lab.StatusAsync())["changes"]!.AsArray().Select(change => (string)change!)];
}
