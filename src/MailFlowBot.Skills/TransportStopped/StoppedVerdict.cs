using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.TransportStopped;

/// <summary>What follows from a transport service that does not run.</summary>
internal static class StoppedVerdict
{
    public static Verdict Of(ExaminedServer examined, ServiceReading down)
    {
        var witness = new Witness(examined.Readings);
        var read = new ReadServices(examined.Server);
        var (plan, refusal) = Plan(examined, down);
        var finding = Finding(examined, down.Service, down.Status == ServiceStatus.Stopped ? 0.95 : 0.6, [
            witness.Says(read, Line.Of(
                "evidence.service", ("service", down.Service.Name), ("status", down.Status.ToString()), ("start", down.StartType.ToString()))),
        ]);
        return new Verdict(
            [finding], plan, refusal is { } code ? RefusalCode.Of(code) : null, plan is null ? Runbook(examined, down) : []);
    }

    /// <summary>Seen only through the server's own judgement: enough to say it, not to start anything.</summary>
    public static Verdict WithoutServices(ExaminedServer examined, WindowsService service)
    {
        var witness = new Witness(examined.Readings);
        var read = new ReadServiceHealth(examined.Server);
        var finding = Finding(examined, service, 0.75, [
            witness.Says(read, Line.Of("evidence.service-not-running", ("service", service.Name), ("server", examined.Server.Value))),
        ]);
        return new Verdict([finding], null, RefusalCode.Of(ChangeRefusal.NotSeen), [StartByHand(examined, service)]);
    }

    private static (FixPlan? Plan, ChangeRefusal? Refusal) Plan(ExaminedServer examined, ServiceReading down)
    {
        // A service on its way up or down is looked at again; one that is not Automatic was set so by somebody.
        if (down.Status != ServiceStatus.Stopped || down.StartType != ServiceStartType.Automatic)
            return (null, down.StartType == ServiceStartType.Disabled ? ChangeRefusal.ServiceNotAllowed : null);
        var start = new StartService(examined.Server, down.Service);
        var judgement = Judgement.OfPlan([start], examined.Readings, examined.Now);
        if ((judgement.Refusal ?? examined.PastedRefusal) is { } refusal)
            return (null, refusal);
        var args = new[] { ("server", examined.Server.Value), ("service", down.Service.Name) };
        return (
            new FixPlan(
                FindingClass.TransportServiceDown,
                [start],
                [Line.Of("transport-stopped.look-at-events", args)],
                [],
                judgement,
                Line.Of("transport-stopped.effect", args),
                Line.Of("transport-stopped.risk", args)),
            null);
    }

    private static Finding Finding(ExaminedServer examined, WindowsService service, double confidence, IReadOnlyList<Evidence> evidence)
    {
        var witness = new Witness(examined.Readings);
        var door = new DoorPicture(examined.Server, examined.Readings);
        var peers = Peers.Of(examined.Server, examined.Readings);
        var components = examined.Readings.Components(examined.Server)?.DecidesAboutMail() != true
            ? []
            : new[]
            {
                witness.Says(
                    new ReadComponentStates(examined.Server), Line.Of("evidence.all-active", ("server", examined.Server.Value))),
            };
        return new Finding(
            FindingClass.TransportServiceDown,
            examined.Server,
            examined.Reading.Class == SymptomClass.NoneOfOurs ? Explains.DoesNotExplain
                : peers.Serving.Count > 0 || service != WindowsService.Transport ? Explains.Partly
                : Explains.Explains,
            confidence,
            "KB2866822",
            "Resolution, step 2",
            Line.Of("transport-stopped.headline", ("server", examined.Server.Value), ("service", service.Name)),
            [.. evidence, .. service == WindowsService.Transport ? door.Closed() : [], .. components],
            [.. peers.Serving.Select(peer => witness.Says(
                new ReadComponentStates(peer), Line.Of("evidence.peer-serves", ("peer", peer.Value), ("server", examined.Server.Value)))), .. service == WindowsService.Transport ? door.Against() : []],
            witness.Missing(
            [
                .. MaintenanceEvidence.Reads(examined.Server),
                .. UpdateEvidence.Reads(examined.Server),
                .. Peers.Reads(examined.Server, examined.Readings),
            ]));
    }

    private static List<Line> Runbook(ExaminedServer examined, ServiceReading down) => down.Status switch
    {
        ServiceStatus.Stopped =>
            [Line.Of("transport-stopped.why-stopped", ("server", examined.Server.Value), ("service", down.Service.Name))],
        _ =>
        [
            Line.Of(
                "transport-stopped.look-again",
                ("server", examined.Server.Value),
                ("service", down.Service.Name),
                ("status", down.Status.ToString())),
        ],
    };

    private static Line StartByHand(ExaminedServer examined, WindowsService service) => Line.Of(
        "transport-stopped.start-by-hand",
        ("server", examined.Server.Value),
        ("service", service.Name),
        ("command", CommandText.Of(new StartService(examined.Server, service))));
}
