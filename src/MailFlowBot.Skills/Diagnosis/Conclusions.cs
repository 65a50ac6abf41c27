using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>How an examination ends.</summary>
internal static class Conclusions
{
    /// <summary>Nothing was checked, and why the text is not ours, as far as its reader can tell.</summary>
    public static Conclusion NotOurs(SymptomReading reading) => new(
        [], null, null, null, [Line.Of("conclusion.not-ours"), .. reading.Declined is { } reason ? new[] { reason } : []]);

    /// <summary>No single server to look at: nothing seen, an unknown name, several deviating ones, or none.</summary>
    public static Conclusion WithoutSubject(SymptomReading reading, Triage triage, Readings readings)
    {
        if (readings.Inventory is not { } inventory)
            return Unseen(null, new ReadInventory(), readings);

        var all = Names(inventory.Servers.Select(server => server.Name));
        if (triage.Unknown is [var absent, ..])
            return Asking(Line.Of("ask.unknown-server", ("name", absent.Value), ("servers", all)));
        if (reading.UnknownServers is [var unknown, ..])
        {
            return Asking(unknown.Nearest is { } nearest
                ? Line.Of("ask.did-you-mean", ("name", unknown.Name), ("nearest", nearest.Value), ("servers", all))
                : Line.Of("ask.unknown-server", ("name", unknown.Name), ("servers", all)));
        }

        var unseen = Texts(triage, readings);
        var deviating = triage.Deviating();
        var question = deviating.Count > 1 ? Line.Of("ask.which-of-deviating", ("servers", Names(deviating)))
            : Line.Of(unseen.Count == 0 ? "ask.which-server" : "ask.which-server-unseen", ("servers", all));
        return Asking(question, unseen);
    }

    /// <param name="verdicts">One per subject; null where no skill found anything.</param>
    public static Conclusion Of(
        IReadOnlyList<ServerName> subjects,
        IReadOnlyList<Verdict?> verdicts,
        SymptomReading reading,
        Triage triage,
        Readings readings)
    {
        var found = verdicts.OfType<Verdict>().ToList();
        if (found.Count == 0)
            return NothingFound(subjects[0], reading, Beside(reading, triage, readings), readings);

        // One plan at a time: the one for the server that was named first.
        var leading = found.FirstOrDefault(verdict => verdict.Plan is not null) ?? found[0];
        var later = found.Where(verdict => verdict != leading && verdict.Plan is not null)
            .Select(verdict => Line.Of("conclusion.later-plan", ("server", verdict.Plan!.Steps[0].Server.Value)));
        return new Conclusion(
            [.. leading.Findings, .. found.Where(verdict => verdict != leading).SelectMany(verdict => verdict.Findings)],
            leading.Plan,
            leading.Refusal,
            leading.PasteBack,
            [.. found.SelectMany(verdict => verdict.Runbook).Concat(later).Concat(Beside(reading, triage, readings)).Distinct()]);
    }

    private static Conclusion NothingFound(ServerName server, SymptomReading reading, IReadOnlyList<Line> beside, Readings readings)
    {
        if (readings.Inventory?.Find(server) is not { HasComponentStates: true })
            return Asking(Line.Of("ask.older-version", ("server", server.Value)), beside);
        if (readings.Components(server)?.DecidesAboutMail() != true)
            return Unseen(server, new ReadComponentStates(server), readings);
        var services = new Witness(readings).Missing(new ReadServices(server));
        var id = services.Count > 0 ? "ask.services-unseen"
            : reading.Class == SymptomClass.ComponentInactive
                ? new DoorPicture(server, readings).Alive ? "ask.all-active-alive" : "ask.all-active"
            : "ask.nothing-found";
        return Asking(Line.Of(id, ("server", server.Value)), [.. services.Select(evidence => evidence.Text), .. beside]);
    }

    /// <summary>Servers that were meant and not looked at, and those that a sweep could not see.</summary>
    private static List<Line> Beside(SymptomReading reading, Triage triage, Readings readings) =>
    [
        .. triage.MaySweep ? Texts(triage, readings) : [],
        .. triage.Unknown.Select(server => server.Value).Concat(reading.UnknownServers.Select(unknown => unknown.Name)).Distinct()
            .Select(name => Line.Of("conclusion.unknown-server", ("name", name))),
        .. triage.Beyond is { Count: > 0 } beyond
            ? new[] { Line.Of("conclusion.more-servers", ("servers", Names(beyond))) }
            : [],
    ];

    private static List<Line> Texts(Triage triage, Readings readings) =>
        [.. new Witness(readings).Missing(triage.UnseenGlances()).Select(evidence => evidence.Text)];

    private static Conclusion Unseen(ServerName? server, ReadOperation read, Readings readings)
    {
        var witness = new Witness(readings);
        var missing = witness.Missing(read);
        var finding = new Finding(
            FindingClass.NotSeen,
            server,
            Explains.DoesNotExplain,
            0,
            "KB2866822",
            "Verify that a server is inactive",
            Line.Of("not-seen.headline", ("server", server?.Value ?? "-"), ("read", read.Id)),
            [],
            [],
            missing.Count > 0 ? missing : [witness.Says(read, Line.Of(
                "not-seen.unreadable",
                ("read", read.Id),
                ("server", server?.Value ?? "-"),
                ("detail", ComponentName.HubTransport.Value)))]);
        return new Conclusion(
            [finding], null, RefusalCode.Of(ChangeRefusal.NotSeen), null, [Line.Of("not-seen.what-next", ("read", read.Id))]);
    }

    private static Conclusion Asking(Line question, IReadOnlyList<Line>? runbook = null) => new([], null, null, question, runbook ?? []);

    private static string Names(IEnumerable<ServerName> servers) => string.Join(", ", servers.Select(server => server.Value));
}
