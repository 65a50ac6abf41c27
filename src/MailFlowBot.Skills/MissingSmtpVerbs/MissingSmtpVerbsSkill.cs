using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>
/// KB 822939: the SMTP service of an Exchange 2000 or 2003 lost its Exchange extensions, so mail vanishes, loops into the MTA or comes back
/// with 5.0.0. For people only: metabase and reinstallation are nothing that a machine does.
/// </summary>
internal sealed class MissingSmtpVerbsSkill : ISkill
{
    public string Finds => FindingClass.LegacySmtpVerbs;

    public ReadOperation? Glance(ExchangeServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return Applies(server) ? Probe(server.Name) : null;
    }

    public bool Deviates(ServerName server, Readings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        return ProbedVerbs.Of(server, readings)?.Outcome == EhloOutcome.ExtensionsLost;
    }

    public bool Means(ExchangeServer server, SymptomReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return Applies(server) && reading.Class == SymptomClass.LegacySmtpVerbs;
    }

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        return Applies(readings.Inventory?.Find(server)) && !readings.Has(Probe(server)) ? [Probe(server)] : [];
    }

    public Verdict? Examine(ExaminedServer examined)
    {
        ArgumentNullException.ThrowIfNull(examined);
        return Applies(examined.Readings.Inventory?.Find(examined.Server)) ? VerbsVerdict.Of(examined) : null;
    }

    public static ReadSmtpProbe Probe(ServerName server) => new(server, SmtpDoor.FrontDoor);

    private static bool Applies(ExchangeServer? server) =>
        server?.Generation is ExchangeGeneration.Exchange2000 or ExchangeGeneration.Exchange2003;
}
