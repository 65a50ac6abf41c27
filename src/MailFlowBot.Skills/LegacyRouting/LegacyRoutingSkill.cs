using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>
/// Mail from Exchange 2007 (or 2010) does not reach 2003 or 2000. Little of it can be read from here: the local shell of 2007 and Active
/// Directory are looked at by people, and what they paste is read again. Nothing that is pasted ever leads to a change.
/// </summary>
internal sealed class LegacyRoutingSkill : ISkill
{
    public string Finds => FindingClass.Legacy2007Routing;

    // What shows it stands in the report, in no read that is worth making on every server.
    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public bool Means(ExchangeServer server, SymptomReading reading)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(reading);
        return IsHub(server) && reading.Class == SymptomClass.Legacy2007Routing;
    }

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        if (!Applies(server, readings) || HubOf(server, readings) is not { } hub)
            return [];
        ReadOperation[] reads =
        [
            new ReadSmtpProbe(hub.Name, SmtpDoor.FrontDoor),
            new ReadServices(hub.Name),
            new ReadEvents(hub.Name),
            .. RoutingPlan.Needs(hub, readings),
        ];
        return reads.Distinct().Where(read => !readings.Has(read));
    }

    public Verdict? Examine(ExaminedServer examined)
    {
        ArgumentNullException.ThrowIfNull(examined);
        if (!Applies(examined.Server, examined.Readings))
            return null;
        var picture = RoutingPicture.Of(examined);
        // Where the report names the hub as well, it is spoken of there.
        if (picture.Hub is { } hub && hub.Name != examined.Server && examined.Reading.Servers.Contains(hub.Name))
            return null;
        return Suspicions.Of(picture) is { Count: > 0 } suspicions ? RoutingVerdict.Of(picture, suspicions) : null;
    }

    public static bool IsHub(ExchangeServer server) => server.Generation is ExchangeGeneration.Exchange2007 or ExchangeGeneration.Exchange2010;

    public static bool IsOlder(ExchangeServer server) => server.Generation is ExchangeGeneration.Exchange2000 or ExchangeGeneration.Exchange2003;

    /// <summary>The server itself, or the only hub there is beside an older server.</summary>
    public static ExchangeServer? HubOf(ServerName server, Readings readings)
    {
        if (readings.Inventory is not { } inventory)
            return null;
        return inventory.Find(server) is { } self && IsHub(self) ? self
            : inventory.Servers.Where(IsHub).ToList() is [var only] ? only
            : null;
    }

    private static bool Applies(ServerName server, Readings readings) =>
        readings.Inventory is { } inventory && inventory.Find(server) is { } self
        && (IsHub(self) || (IsOlder(self) && inventory.Servers.Any(IsHub)));
}
