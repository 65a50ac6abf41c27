using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>All drills of the simulated organisations, as data.</summary>
public static class Drills
{
    private const string ComponentInactive = "component_inactive";
    private const string Maintenance = "maintenance";
    private const string LegacyRouting = "legacy_2007_routing";

    private static readonly ServerName Ex01 = new("EX01");
    private static readonly ServerName Ex02 = new("EX02");
    private static readonly ServerName Ex03 = new("EX03");
    private static readonly ServerName Hub07 = new("HUB07");
    private static readonly ServerName Old03 = new("OLD03");

    /// <summary>The state a new installation starts in.</summary>
    public static Drill Default => Named("transport-inactive")!;

    /// <summary>The drills of organisation A: component states, services, and what becomes of a plan.</summary>
    public static IReadOnlyList<Drill> OfOrganizationA { get; } =
    [
        new("healthy", null, [], DrillExpectation.Nothing),
        new("transport-inactive", Ex03, [HubInactive(Ex03, Requester.Functional, Hours(2))],
            new(ComponentInactive, "explains", ChangeClass.A, ResetAndRestart(Ex03))),
        new("dag-peer", Ex01, [HubInactive(Ex01, Requester.Functional, Hours(2))],
            new(ComponentInactive, "partly", ChangeClass.A, ResetAndRestart(Ex01))),
        new("two-requesters", Ex03,
            [HubInactive(Ex03, Requester.Functional, Hours(9)), HubInactive(Ex03, Requester.Maintenance, Hours(9))],
            new(ComponentInactive, null, ChangeClass.A, [Reset(Ex03, ComponentName.HubTransport)], NextClass: ChangeClass.B)),
        new("maintenance", Ex02, WholeDagProcedure(Ex02, Minutes(40)), Refused(Maintenance)),
        new("draining-window", Ex02,
            [new ComponentSet(Minutes(5), Ex02, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Draining)],
            Refused(Maintenance)),
        new("forgotten-last-line", Ex02, [HubInactive(Ex02, Requester.Maintenance, Hours(14))],
            new(ComponentInactive, null, ChangeClass.B,
                [
                    new SetComponentState(Ex02, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Active),
                    new RestartService(Ex02, WindowsService.Transport),
                ],
                AsksOwner: true)),
        new("setup-leftover", Ex01, [.. LeftBySetup.Select(component => SetBySetup(Ex01, component))],
            new(ComponentInactive, null, ChangeClass.B, [.. LeftBySetup.Select(component => Reset(Ex01, component))])),
        new("su-interrupted", Ex03, InterruptedUpdate(Ex03, Minutes(50)),
            new("interrupted_update", null, null, [], Refusal: "interrupted-update")),
        new("transport-stopped", Ex03, [new ServiceStopped(Minutes(25), Ex03, WindowsService.Transport)],
            new("transport_service_down", null, ChangeClass.A, [new StartService(Ex03, WindowsService.Transport)])),
        new("back-pressure", Ex03,
            [new DiskFilled(Hours(3), Ex03, @"C:\", 91), new DiskFilled(Minutes(50), Ex03, @"C:\", 99)],
            new("back_pressure", null, null, [], Refusal: "back-pressure")),
        new("two-stores", Ex01,
            [
                new ComponentSet(Hours(6), Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Active, StateStores.Remote),
                new ComponentSet(Hours(2), Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Inactive, StateStores.Local),
            ],
            new(ComponentInactive, null, ChangeClass.A, ResetAndRestart(Ex01))),
        new("not-restarted", Ex01,
            [
                HubInactive(Ex01, Requester.Functional, Hours(5)),
                new ComponentSet(Hours(1), Ex01, ComponentName.HubTransport, Requester.Functional, ComponentState.Active),
            ],
            new(ComponentInactive, "partly", ChangeClass.A, [new RestartService(Ex01, WindowsService.Transport)])),
        new("wrong-backend", Ex01, [new Misrouted(Hours(1), Ex01, Ex02)], new("not_seen", null, null, [], Refusal: "not-seen")),
        new("no-windows-endpoint", Ex03,
            [HubInactive(Ex03, Requester.Functional, Hours(2)), new WindowsEndpointMissing(Hours(24), Ex03)],
            new(ComponentInactive, "explains", ChangeClass.B, [Reset(Ex03, ComponentName.HubTransport)])),
        new("agent-lost", Ex03,
            [HubInactive(Ex03, Requester.Functional, Hours(2)), new ConnectionDiesAfterChange(Hours(1), Ex03)],
            new(ComponentInactive, "explains", ChangeClass.A, ResetAndRestart(Ex03), OutcomeUnknown: true)),
        new("drift", Ex03, [HubInactive(Ex03, Requester.Functional, Hours(2))],
            new(ComponentInactive, "explains", ChangeClass.A, ResetAndRestart(Ex03), NextClass: ChangeClass.B, Refusal: "drift"),
            [
                new ComponentSet(TimeSpan.Zero, Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active),
                new EntryReplicated(TimeSpan.Zero, Hours(9), Ex03, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Inactive),
            ]),
    ];

    /// <summary>
    /// The drills of organisation B. What the routing ones are about is not to be read from any server: it stands in the report, and in
    /// what is pasted afterwards.
    /// </summary>
    public static IReadOnlyList<Drill> OfOrganizationB { get; } =
    [
        new("smtp-verbs", Old03, [new SmtpExtensionsLost(Hours(30), Old03)], Runbook("legacy_smtp_verbs")) { Forest = SimulatedForest.B },
        new("legacy-routing-permissions", Hub07,
            [
                new WindowsEndpointConfigured(Hours(24), Hub07),
                new EventWritten(
                    Minutes(20), Hub07, "Application", WatchedEvents.Transport, WatchedEvents.NoRouteToStore,
                    "The routing tables hold no path to the mailbox store of OLD03."),
            ],
            new(LegacyRouting, null, ChangeClass.A, [new RestartService(Hub07, WindowsService.Transport)])) { Forest = SimulatedForest.B },
        new("legacy-routing-hierarchy", Hub07, [], Runbook(LegacyRouting)) { Forest = SimulatedForest.B },
        new("legacy-routing-deny", Hub07, [], Runbook(LegacyRouting)) { Forest = SimulatedForest.B },
    ];

    /// <summary>Every drill there is.</summary>
    public static IReadOnlyList<Drill> All { get; } = [.. OfOrganizationA, .. OfOrganizationB];

    /// <summary>How far back the past of any drill reaches, and a day of quiet before.</summary>
    internal static TimeSpan LongestPast { get; } =
        Hours(24) + All.SelectMany(drill => drill.Past).Select(happened => happened.Ago).DefaultIfEmpty().Max();

    // Setup sets these as Functional, even when only its prerequisite check was cancelled, and does not put them back.
    private static ComponentName[] LeftBySetup =>
        [ComponentName.ServerWideOffline, ComponentName.Monitoring, ComponentName.RecoveryActionsEnabled];

    /// <summary>The drill of that name, compared without case; null when there is none.</summary>
    public static Drill? Named(string name) =>
        All.FirstOrDefault(drill => string.Equals(drill.Name, name, StringComparison.OrdinalIgnoreCase));

    private static TimeSpan Hours(int hours) => TimeSpan.FromHours(hours);

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static DrillExpectation Runbook(string finding) => new(finding, null, null, []);

    private static DrillExpectation Refused(string finding) => new(finding, null, null, [], Refusal: finding);

    private static ComponentSet HubInactive(ServerName server, Requester requester, TimeSpan ago) =>
        new(ago, server, ComponentName.HubTransport, requester, ComponentState.Inactive);

    private static ComponentSet SetBySetup(ServerName server, ComponentName component) =>
        new(Hours(3), server, component, Requester.Functional, ComponentState.Inactive);

    private static SetComponentState Reset(ServerName server, ComponentName component) =>
        new(server, component, Requester.Functional, ComponentState.Active);

    private static ChangeOperation[] ResetAndRestart(ServerName server) =>
        [Reset(server, ComponentName.HubTransport), new RestartService(server, WindowsService.Transport)];

    /// <summary>Microsoft's procedure for DAG members, in its order: transport drains first, ServerWideOffline comes last.</summary>
    private static SimulatedEvent[] WholeDagProcedure(ServerName server, TimeSpan ago) =>
    [
        new ComponentSet(ago, server, ComponentName.HubTransport, Requester.Maintenance, ComponentState.Draining),
        new ClusterNodeSuspended(ago - Minutes(2), server),
        new ActivationSet(ago - Minutes(3), server, "Blocked", MoveNow: true),
        new ComponentSet(ago - Minutes(4), server, ComponentName.ServerWideOffline, Requester.Maintenance, ComponentState.Inactive),
    ];

    private static SimulatedEvent[] InterruptedUpdate(ServerName server, TimeSpan ago) =>
    [
        new UpdateInterrupted(ago, server),
        new ServiceStopped(ago, server, WindowsService.Transport, Disabled: true),
        new ServiceStopped(ago, server, WindowsService.FrontEndTransport, Disabled: true),
        new ServiceStopped(ago, server, WindowsService.Submission, Disabled: true),
        new ServiceStopped(ago, server, WindowsService.Delivery, Disabled: true),
    ];
}
