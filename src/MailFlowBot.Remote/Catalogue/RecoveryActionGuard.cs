namespace MailFlowBot.Remote.Catalogue;

/// <summary>Restart guard 9: managed availability may be restarting the service, or the machine, right now.</summary>
public sealed record RecoveryActionGuard(ServerName Server, WindowsService Service) : Guard
{
    // Responders give a service some minutes before they go on to the next step. What has no result yet goes on; after an hour its result
    // was lost.
    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Unfinished = TimeSpan.FromHours(1);

    // Of the recovery actions those that concern the whole server.
    private static readonly string[] OfTheServer = ["ForceReboot", "ServerFailover", "TakeComponentOffline"];

    public override string Id => "recovery-action";

    public override IEnumerable<ReadOperation> Needs(Readings readings) =>
        Before2013.Holds(Server, readings) ? [] : [new ReadRecoveryActions(Server)];

    public override GuardReading Check(Readings readings, DateTimeOffset now)
    {
        if (Before2013.Holds(Server, readings))
            return Before2013.Pass(Id);
        if (readings.Fact<RecoveryActionsFact>(new ReadRecoveryActions(Server)) is not { } actions)
            return GuardReading.Refuse(Id, "not seen", ChangeRefusal.NotSeen);
        return actions.Actions.FirstOrDefault(action => Concerns(action) && now - action.At < (action.Result is null ? Unfinished : Busy)) is { } busy
            ? GuardReading.Refuse(Id, $"{busy.Action} {busy.Target}, {busy.At.UtcDateTime:yyyy-MM-dd HH:mm'Z'}", ChangeRefusal.RecoveryUnderWay)
            : GuardReading.Pass(Id, "none");
    }

    private bool Concerns(RecoveryActionReading action) =>
        new WindowsService(action.Target) == Service
        || (Service == WindowsService.Filtering && new WindowsService(action.Target) == WindowsService.Transport)
        || OfTheServer.Contains(action.Action, StringComparer.OrdinalIgnoreCase);
}
