using System.Diagnostics;
using MailFlowBot.Channels;
using MailFlowBot.Channels.Terminal;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Settings;
using MailFlowBot.Wording;

namespace MailFlowBot;

/// <summary>
/// One drill from the report to its end, by the whole bot on a store of its own that is deleted afterwards. It stands on the defaults of a
/// new installation, so its score does not depend on who may approve here.
/// </summary>
internal sealed class DrillRun : IAsyncDisposable
{
    private static readonly Conversation Thread = new("terminal", "drill");

    private readonly string _folder;
    private readonly Bot _bot;
    private readonly List<string> _faults;
    private int _messages;

    private DrillRun(string folder, Bot bot, List<string> faults)
    {
        _folder = folder;
        _bot = bot;
        _faults = faults;
        bot.Add(new TerminalChannel(TextWriter.Null));
    }

    /// <param name="Finding">Class of the first finding; null when nothing was found.</param>
    /// <param name="Plan">Class of the first plan; null when there was none.</param>
    /// <param name="Calls">Commands sent to the simulated organisation from the report on; SMTP probes are not counted.</param>
    /// <param name="Ms">Real time from the report to the end; the 15 minutes until the second look pass at once.</param>
    internal sealed record Outcome(
        Drill Drill, string? Finding, string? Plan, IReadOnlyList<DrillScore.Check> Checks, IReadOnlyList<string> Faults, int Calls, double Ms)
    {
        public bool Passed => Faults.Count == 0 && Checks.All(check => check.Held);

        /// <summary>0 to 1: the part of the checks that held.</summary>
        public double Score => Math.Round((double)Checks.Count(check => check.Held) / Checks.Count, 2);
    }

    public static async Task<Outcome> OfAsync(Drill drill, string language, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Path.GetTempPath(), "mailflowbot-drill-" + Guid.NewGuid().ToString("N"));
        var faults = new List<string>();
        try
        {
            var run = new DrillRun(
                folder, await Bot.OpenAsync(Settings(folder), (what, fault) => Note(faults, what, fault), cancellationToken).ConfigureAwait(false), faults);
            await using (run.ConfigureAwait(false))
                return await run.CarryAsync(drill, language, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What is reported in a drill: its own words where there are some, which organisation B needs, else those of the article.</summary>
    public static string Report(Drill drill, string language) =>
        Phrases.Say(
            language,
            Phrases.Has("symptom." + drill.Name) ? "symptom." + drill.Name : "symptom.drill",
            ("server", drill.Server?.Value ?? Drills.Default.Server!.Value.Value));

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    private static BotSettings Settings(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Storage:Folder", (string?)folder)]).Build();
        var (settings, faults) = new SettingsReader(configuration, Cast.All, Cast.Tenant).Read();
        return settings ?? throw new InvalidOperationException($"The defaults are not right: {string.Join("; ", faults)}");
    }

    private static void Note(List<string> faults, string what, Exception fault)
    {
        lock (faults)
            faults.Add($"{what}: {fault.GetType().Name}: {fault.Message}");
    }

    private async Task<Outcome> CarryAsync(Drill drill, string language, CancellationToken cancellationToken)
    {
        var backend = (SimulatedBackend)_bot.Backend;
        await SayAsync("drill " + drill.Name, language, cancellationToken).ConfigureAwait(false);
        var (callsBefore, began) = (backend.Calls, Stopwatch.GetTimestamp());
        await SayAsync(Report(drill, language), language, cancellationToken).ConfigureAwait(false);
        var incident = await NewestAsync(cancellationToken).ConfigureAwait(false);
        var (finding, plan) = (incident.Diagnosis?.Findings is [var first, ..] ? first.Class : null, incident.Plan?.Class);
        var checks = new List<DrillScore.Check>(DrillScore.OfReport(drill.Expected, incident));
        if (!drill.Expected.NoPlan && incident.PlanIsOpen)
        {
            incident = await ApproveAsync(incident, cancellationToken).ConfigureAwait(false);
            checks.AddRange(DrillScore.OfApproval(drill.Expected, incident));
            // The plan that follows a refused one needs somebody to look at it first; one that follows a success is the drill's second half.
            if (drill.Expected is { NextClass: not null, Refusal: null } && incident.PlanIsOpen)
                checks.Add(DrillScore.Outcome(await ApproveAsync(incident, cancellationToken).ConfigureAwait(false)));
        }

        return new Outcome(drill, finding, plan, checks, [.. _faults], backend.Calls - callsBefore, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private async Task SayAsync(string text, string language, CancellationToken cancellationToken)
    {
        await _bot.Inbox.Message(new IncomingMessage(Thread, Cast.Alice, NextId(), text, language), cancellationToken).ConfigureAwait(false);
        await _bot.Backlog.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>By as many approvers as the plan takes.</summary>
    private async Task<Incident> ApproveAsync(Incident incident, CancellationToken cancellationToken)
    {
        var plan = incident.Plan!;
        foreach (var approver in new[] { Cast.Bob, Cast.Carol }.Take(plan.Quorum))
        {
            var values = new Dictionary<string, string>
            {
                ["i"] = incident.Id.ToString(),
                ["t"] = plan.ClickToken,
                ["d"] = plan.Digest,
                ["reason"] = "drill",
            };
            await _bot.Inbox.Click(new IncomingClick(Thread, approver, NextId(), ClickVerbs.Approve, values, incident.CardMessage, null), cancellationToken)
                .ConfigureAwait(false);
            await _bot.Backlog.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await NewestAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Incident> NewestAsync(CancellationToken cancellationToken)
    {
        var newest = (await _bot.Store.ListAsync(cancellationToken).ConfigureAwait(false))[0];
        return (await _bot.Log.FindAsync(newest.Id, cancellationToken).ConfigureAwait(false))!;
    }

    private string NextId() => "m-" + (++_messages).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
