using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Certificates;

/// <summary>
/// Certificates and TLS (Exchange, digital certificates and encryption; events 12014 and 12015). An expired certificate alone need not
/// stop mail; a connector that names a certificate which is not there does. What the remote shell leaves out is unknown, not bad.
/// </summary>
internal sealed class CertificatesSkill : ISkill
{
    private static readonly Citation Article = new("Digital certificates and encryption in Exchange Server", "Certificates for SMTP");

    public string Finds => SymptomClass.CertificateTls;

    public ReadOperation? Glance(ExchangeServer server) => null;

    public bool Deviates(ServerName server, Readings readings) => false;

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings) =>
        readings.IsModern(server) && (Waiting(server, readings).Any() || Logged(server, readings).Count > 0)
            ? [new ReadCertificates(server), new ReadReceiveConnectors(server)]
            : [];

    public IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) => readings.IsModern(server)
        ? [new ReadCertificates(server), new ReadReceiveConnectors(server), new ReadSendConnectors(), new ReadSmtpProbe(server, SmtpDoor.FrontDoor)]
        : [];

    public Verdict? Examine(ExaminedServer examined)
    {
        if (!examined.Readings.IsModern(examined.Server))
            return null;
        var found = new Assessment(examined, Finds, new ReadCertificates(examined.Server), new ReadReceiveConnectors(examined.Server));
        found.ForEvents(Logged(examined.Server, examined.Readings));
        foreach (var waiting in Waiting(examined.Server, examined.Readings).Take(5))
            found.For(new ReadQueues(examined.Server), waiting.Told());
        var orphaned = TlsNames.NotThere(examined.Server, examined.Readings);
        foreach (var (read, connector) in orphaned)
            found.For(read, found.Say("certificates.name-not-there", ("connector", connector)));
        Expired(examined, found);
        Door(examined, found);

        return found.Conclude(
            Article,
            found.Say(orphaned.Count > 0 ? "certificates.headline-name" : "certificates.headline"),
            found.Say("certificates.reported"),
            orphaned.Count > 0 ? 0.9 : 0.8,
            Explains.Partly,
            [
                found.Say("certificates.look", (
                    "command", $"Get-ExchangeCertificate -Server {found.Server} | Format-List Thumbprint, Subject, NotAfter, Services, HasPrivateKey, Status")),
                found.Say("certificates.connectors", (
                    "command", $"Get-ReceiveConnector -Server {found.Server} | Format-List Name, Fqdn, TlsCertificateName; Get-SendConnector | Format-List Name, Fqdn, TlsCertificateName")),
                found.Say("certificates.enable", ("command", $"Enable-ExchangeCertificate -Server {found.Server} -Services SMTP -Thumbprint")),
                found.Say("certificates.answer-no"),
            ]);
    }

    private static void Expired(ExaminedServer examined, Assessment found)
    {
        var read = new ReadCertificates(examined.Server);
        var certificates = examined.Readings.Fact<CertificatesFact>(read)?.Certificates ?? [];
        foreach (var certificate in certificates.Where(certificate => certificate.NotAfter < examined.Now
            && certificate.Services?.Contains("SMTP", StringComparer.OrdinalIgnoreCase) != false).Take(3))
        {
            found.Hint(read, found.Say(
                "certificates.expired",
                ("thumbprint", certificate.Thumbprint),
                ("date", certificate.NotAfter!.Value.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        }

        foreach (var certificate in certificates.Where(certificate => certificate.HasPrivateKey == false
            && certificate.Services?.Contains("SMTP", StringComparer.OrdinalIgnoreCase) == true).Take(3))
        {
            found.For(read, found.Say("certificates.no-key", ("thumbprint", certificate.Thumbprint)));
        }

        // Only where every certificate tells its date and services may they be called good.
        if (certificates.Count > 0 && certificates.All(certificate => certificate.NotAfter > examined.Now && certificate.Services is not null && certificate.HasPrivateKey == true))
            found.Against(read, found.Say("certificates.valid"));
    }

    private static void Door(ExaminedServer examined, Assessment found)
    {
        var read = new ReadSmtpProbe(examined.Server, SmtpDoor.FrontDoor);
        if (examined.Readings.Fact<SmtpProbeFact>(read) is not { Stage: SmtpStage.Greeted or SmtpStage.Mailed, Capabilities.Count: > 0 } probe)
            return;
        if (probe.Offers("STARTTLS"))
            found.Against(read, found.Say("certificates.starttls-offered"));
        else
            found.For(read, found.Say("certificates.starttls-missing"));
    }

    private static IEnumerable<WaitingQueue> Waiting(ServerName server, Readings readings) =>
        readings.Waiting(server).Where(waiting => waiting.Fault == QueueFault.Tls);

    private static IReadOnlyList<EventReading> Logged(ServerName server, Readings readings)
    {
        var events = readings.Events(server);
        return
        [
            .. TransportEvents.Of(events, "MSExchangeTransport", 12014, 12015),
            .. TransportEvents.Of(events, "MSExchangeFrontEndTransport", 12014, 12015),
        ];
    }
}
