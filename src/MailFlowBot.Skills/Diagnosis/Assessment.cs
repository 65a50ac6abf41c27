using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>
/// Weighs what bears on one fault of one server. What endpoints showed makes a finding; a hint does so only where the report is about
/// this fault; the report alone makes a finding of modest confidence that says it is not confirmed.
/// </summary>
/// <param name="fault">The class of the finding.</param>
/// <param name="looked">Reads that bear on it; those without a fact are named as not seen.</param>
internal sealed class Assessment(ExaminedServer examined, string fault, params IReadOnlyList<ReadOperation> looked)
{
    private const double Unconfirmed = 0.45;
    private const int SignalsShown = 5;

    private readonly Witness _witness = new(examined.Readings);
    private readonly List<Evidence> _for = [];
    private readonly List<Evidence> _hints = [];
    private readonly List<Evidence> _against = [];

    /// <summary>The report is about this fault.</summary>
    public bool Reported => examined.Reading.Class == fault;

    public bool Observed => _for.Count > 0 || (Reported && _hints.Count > 0);

    public ServerName Server => examined.Server;

    /// <summary>The plan, or why there is none; counts only where the fault was observed.</summary>
    public (FixPlan? Plan, ChangeRefusal? Refusal) Fix { get; set; }

    /// <summary>A line about this server.</summary>
    public Line Say(string id, params (string Name, string Value)[] args) => Line.Of(id, [.. args, ("server", examined.Server.Value)]);

    public void For(ReadOperation read, Line text) => _for.Add(_witness.Says(read, text));

    /// <summary>What is also seen on servers that have no fault.</summary>
    public void Hint(ReadOperation read, Line text) => _hints.Add(_witness.Says(read, text));

    public void Against(ReadOperation read, Line text) => _against.Add(_witness.Says(read, text));

    /// <summary>Events as evidence, each source and id once with its number and the newest time.</summary>
    public void ForEvents(IEnumerable<EventReading> events) => _for.AddRange(Told(events));

    public void HintEvents(IEnumerable<EventReading> events) => _hints.AddRange(Told(events));

    /// <param name="confidence">In what was observed, when all that bears on it could be read.</param>
    /// <param name="whenVague">How far the fault accounts for a report that names no other cause.</param>
    /// <returns>Null when neither endpoints nor the report speak of this fault.</returns>
    public Verdict? Conclude(
        Citation citation, Line observed, Line reported, double confidence, Explains whenVague, IReadOnlyList<Line> runbook)
    {
        // A server that cannot be seen is said to be unseen; the report's own words do not stand in for it.
        if (!Observed && !(Reported && examined.Readings.Components(examined.Server)?.DecidesAboutMail() == true))
            return null;
        var accounts = Accounts(whenVague);
        var serving = accounts == Explains.Partly || (Observed && !Reported) ? Peers.Of(examined.Server, examined.Readings).Serving : [];
        var missing = _witness.Missing([.. looked, new ReadComponentStates(examined.Server)]);
        var finding = new Finding(
            fault,
            examined.Server,
            accounts == Explains.Explains && serving.Count > 0 ? Explains.Partly : accounts,
            Math.Round(Math.Max(0.1, (Observed ? confidence : Unconfirmed) - 0.1 * Math.Min(2, missing.Count) - (_against.Count > 0 ? 0.2 : 0)), 2),
            citation.Article,
            citation.Paragraph,
            Observed ? observed : reported,
            [.. _for, .. Observed ? [.. _hints, .. StoppedServices()] : Array.Empty<Evidence>(), .. Told()],
            [
                .. _against,
                .. serving.Select(peer => _witness.Says(
                    new ReadComponentStates(peer), Line.Of("evidence.peer-serves", ("peer", peer.Value), ("server", examined.Server.Value)))),
            ],
            missing);
        return new Verdict(
            [finding], Observed ? Fix.Plan : null, Observed && Fix.Refusal is { } refusal ? RefusalCode.Of(refusal) : null, runbook);
    }

    private Explains Accounts(Explains whenVague) => examined.Reading.Class switch
    {
        _ when Reported && Observed => Explains.Explains,
        _ when Reported => _against.Count > 0 ? Explains.DoesNotExplain : Explains.Partly,
        null or SymptomClass.OtherMailflow or SymptomClass.ComponentInactive or SymptomClass.TransportServiceDown => whenVague,
        _ => Explains.DoesNotExplain,
    };

    private IEnumerable<Evidence> StoppedServices() =>
        (examined.Readings.Services(examined.Server)?.Services ?? [])
            .Where(service => service.Status == ServiceStatus.Stopped && service.StartType == ServiceStartType.Automatic)
            .Select(service => _witness.Says(new ReadServices(examined.Server), Line.Of(
                "evidence.service",
                ("service", service.Service.Name),
                ("status", service.Status.ToString()),
                ("start", service.StartType.ToString()))));

    private IEnumerable<Evidence> Told(IEnumerable<EventReading> events)
    {
        var read = new ReadEvents(examined.Server);
        return events.GroupBy(happened => (happened.Source, happened.Id)).Select(group => _witness.Says(read, Line.Of(
            "evidence.event",
            ("event", $"{group.Key.Source} {group.Key.Id}"),
            ("count", group.Count().ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("at", group.Max(happened => happened.At).UtcDateTime.ToString("HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture)))));
    }

    private IEnumerable<Evidence> Told()
    {
        var because = examined.Reading.Candidates.FirstOrDefault(candidate => candidate.Class == fault)?.Because ?? [];
        return because.Count == 0
            ? []
            : [new Evidence(
                Line.Of("evidence.reported", ("signals", string.Join(", ", because.Take(SignalsShown).Select(signal => signal.Value)))), null, null)];
    }
}
