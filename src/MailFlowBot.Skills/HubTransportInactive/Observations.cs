using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>What was observed on one server and its peers, as evidence lines, and how far it accounts for the report.</summary>
internal sealed class Observations(ExaminedServer examined, ComponentPicture? picture)
{
    private readonly Witness _witness = new(examined.Readings);
    private readonly Peers _peers = Peers.Of(examined.Server, examined.Readings);
    private readonly DoorPicture _door = new(examined.Server, examined.Readings);

    private string Server => examined.Server.Value;

    private ReadOperation States => new ReadComponentStates(examined.Server);

    public IEnumerable<Evidence> Components() => (picture?.Held ?? []).SelectMany(Held)
        .Concat((picture?.NoRequester ?? []).Select(component => Unclear("evidence.no-requester", component)))
        .Concat((picture?.Contradictory ?? []).Select(component => Unclear(
            ComponentPicture.RequesterUntold(component) ? "evidence.no-requester" : "evidence.contradictory", component)));

    public IEnumerable<Evidence> OtherComponents() => (picture?.Others ?? []).SelectMany(Held);

    public IEnumerable<Evidence> Maintenance() => examined.Maintenance.Sightings.Select(sighting => _witness.Says(
        ReadOf(sighting.Sign), Line.Of(SignTexts.Of(sighting.Sign), ("value", sighting.Value))));

    public IEnumerable<Evidence> Update() => examined.Update.Signs.Select(sign => _witness.Says(
        sign == UpdateSign.ServiceDisabled ? new ReadServices(examined.Server) : new ReadInstallState(examined.Server),
        Line.Of(SignTexts.Of(sign), ("server", Server))));

    public IEnumerable<Evidence> Services()
    {
        if (examined.Readings.Services(examined.Server)?.Services is not { Count: > 0 } services)
            return [];
        var read = new ReadServices(examined.Server);
        var down = services.Where(service => service.Status != ServiceStatus.Running).ToList();
        return down.Count == 0
            ? [_witness.Says(read, Line.Of("evidence.services-running", ("server", Server)))]
            : down.Select(service => _witness.Says(read, Line.Of(
                "evidence.service",
                ("service", service.Service.Name),
                ("status", service.Status.ToString()),
                ("start", service.StartType.ToString()))));
    }

    /// <summary>That nothing points to maintenance or an update, where all of it could be read.</summary>
    public IEnumerable<Evidence> Quiet()
    {
        if (examined.Maintenance is { Complete: true, Sightings.Count: 0 })
            yield return _witness.Says(new ReadMailboxServer(examined.Server), Line.Of("evidence.no-maintenance", ("server", Server)));
        if (examined.Update is { Signs.Count: 0, NotSeen.Count: 0 })
            yield return _witness.Says(new ReadInstallState(examined.Server), Line.Of("evidence.no-update", ("server", Server)));
    }

    /// <summary>What port 2525 says for it.</summary>
    public IEnumerable<Evidence> Door() => _door.Refusing();

    /// <summary>What port 2525 says against it, where HubTransport is what is said not to work.</summary>
    public IEnumerable<Evidence> DoorAgainst() => HoldsHubTransport ? _door.Against() : [];

    public IEnumerable<Evidence> PeersServing() => _peers.Serving.Select(peer => _witness.Says(
        new ReadComponentStates(peer), Line.Of("evidence.peer-serves", ("peer", peer.Value), ("server", Server))));

    public IEnumerable<Evidence> Alone() => _peers.None
        ? [_witness.Says(new ReadInventory(), Line.Of("evidence.no-peer", ("server", Server)))]
        : _peers.Out.Select(peer => _witness.Says(
            new ReadComponentStates(peer), Line.Of("evidence.peer-out", ("peer", peer.Value), ("server", Server))));

    public IReadOnlyList<Evidence> Missing() =>
    [
        .. _witness.Missing(
        [
            .. MaintenanceEvidence.Reads(examined.Server),
            .. UpdateEvidence.Reads(examined.Server),
            .. Peers.Reads(examined.Server, examined.Readings),
            new ReadQueues(examined.Server),
        ]),
        .. _door.NotSeen(),
    ];

    /// <summary>
    /// A transport server that refuses explains the report, unless others of its delivery group serve: Mailbox Transport
    /// Submission
    /// then picks those, and only clients and peers that talk to this very server are hit.
    /// </summary>
    public Explains Explains()
    {
        var blocking = (picture?.BlockingMail ?? []).Select(component => component.Component).ToList();
        if (blocking.Count == 0 || examined.Reading.Class == SymptomClass.NoneOfOurs)
            return Diagnosis.Explains.DoesNotExplain;
        var frontDoorOnly = blocking.All(component => component == ComponentName.FrontendTransport)
            && !examined.Reading.Signals.Any(signal => signal.Kind == "smtp-reply");
        return _peers.Serving.Count > 0 || frontDoorOnly || ReportsAnotherFault || (HoldsHubTransport && _door.Alive)
            ? Diagnosis.Explains.Partly
            : Diagnosis.Explains.Explains;
    }

    /// <summary>0.95 with everything read; less for each part of the evidence that is missing or disagrees.</summary>
    public double Confidence() => Math.Round(
        0.95
        - (examined.Maintenance.Complete ? 0 : 0.1)
        - (examined.Update.NotSeen.Count == 0 ? 0 : 0.1)
        - (_peers is { Complete: true, NotSeen.Count: 0 } ? 0 : 0.05)
        - (picture?.Held.Any(component => component.StoresDisagree) == true ? 0.1 : 0)
        - (HoldsHubTransport && _door.Alive ? 0.25 : 0)
        - (picture?.NoRequester.Count > 0 ? 0.2 : 0)
        - (picture?.Contradictory.Count > 0 ? 0.35 : 0),
        2);

    // ServerWideOffline overrules HubTransport too.
    private bool HoldsHubTransport => (picture?.BlockingMail ?? []).Any(component =>
        component.Component == ComponentName.HubTransport || component.Component == ComponentName.ServerWideOffline);

    private bool ReportsAnotherFault => examined.Reading.Class is not (null
        or SymptomClass.ComponentInactive or SymptomClass.TransportServiceDown or SymptomClass.OtherMailflow);

    private Evidence Unclear(string id, ComponentReading component) => _witness.Says(
        States, Line.Of(id, ("component", component.Component.Value), ("state", component.State.ToString())));

    private IEnumerable<Evidence> Held(ComponentReading component)
    {
        foreach (var entry in component.Holding)
        {
            yield return _witness.Says(States, Line.Of(
                "evidence.component",
                ("component", component.Component.Value),
                ("state", entry.State.ToString()),
                ("requester", entry.Requester.Value),
                ("since", Witness.Time(entry))));
        }

        if (component.StoresDisagree)
        {
            yield return _witness.Says(States, Line.Of(
                "evidence.stores",
                ("component", component.Component.Value),
                ("local", Store(component.LocalStates)),
                ("remote", Store(component.RemoteStates))));
        }
    }

    private static string Store(IReadOnlyList<RequesterEntry> entries) => entries.Count == 0
        ? "-"
        : string.Join("; ", entries.Select(entry => $"{entry.Requester} {entry.State} {Witness.Time(entry)}"));

    private ReadOperation ReadOf(MaintenanceSign sign) => sign switch
    {
        MaintenanceSign.PolicyBlocked or MaintenanceSign.MoveNow => new ReadMailboxServer(examined.Server),
        MaintenanceSign.ClusterNodePaused => new ReadClusterNode(examined.Server),
        _ => States,
    };
}
