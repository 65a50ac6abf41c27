namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Port 2525 as proof that the Transport service takes mail again: 530 5.7.x there is alive, 421 4.3.2 is not. A reset alone is not
/// held to it: the service follows an Active only when it starts (KB 2866822, Resolution, step 2).
/// </summary>
internal static class TransportDoor
{
    public static ReadSmtpProbe Read(ServerName server) => new(server, SmtpDoor.Transport);

    /// <summary>
    /// That the door opens, where it can be seen from here. A refused connection while the service runs is a firewall's doing: it will
    /// be refused afterwards too, and proves nothing either way.
    /// </summary>
    public static IEnumerable<Condition> Opens(ServerName server, Readings before) => IsInSight(server, before)
        ? [new Condition(Read(server), "alive", ConditionOperator.EqualTo, "true")]
        : [];

    private static bool IsInSight(ServerName server, Readings before) => before.Fact<SmtpProbeFact>(Read(server)) is { } probe
        && (probe.Stage != SmtpStage.NotConnected
            || before.Services(server)?.Find(WindowsService.Transport)?.Status is ServiceStatus.Stopped);
}
