using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Catalogue;

/// <summary>Names, authentication, certificates, connectors.</summary>
public class ConnectionsTests
{
    private const string Vague = "EX03: mail stays in Outbox";
    private const string Tls = "EX03 logs event MSExchangeFrontEndTransport 12014";

    [Fact]
    public void Peers_that_are_not_found_point_to_the_dns_servers_of_the_adapter()
    {
        var conclusion = new Organization()
            .Waits(Ex03, "SmtpRelayToRemoteActiveDirectorySite", "HQ", "451 4.4.0 DNS query failed with error NonExistentDomain")
            .Diagnose(Vague);

        Assert.Equal(("dns_smarthost", Explains.Partly), (conclusion.Findings[0].Class, conclusion.Findings[0].Explains));
        Assert.Equal("name-resolution.headline-peers", conclusion.Findings[0].Headline.Id);
        Assert.Contains(conclusion.Runbook, line => line.Id == "name-resolution.retry");
    }

    [Fact]
    public void Where_no_queue_waits_no_destination_is_blamed()
    {
        var conclusion = new Organization().Diagnose("EX03: 451 4.4.0 DNS query failed, NonExistentDomain");

        Assert.Contains(conclusion.Runbook, line => line.Id == "name-resolution.look");
        Assert.DoesNotContain(conclusion.Runbook, line => line.Id is "name-resolution.one-domain" or "name-resolution.retry");
    }

    [Fact]
    public void Prx2_means_names_or_the_adapter_wherever_it_stands() => Assert.Equal(
        "name-resolution.headline-peers",
        new Organization().Waits(Ex03, "DnsConnectorDelivery", "fabrikam.example", "451 4.7.0 Temporary server error. PRX2")
            .Diagnose(Vague).Findings[0].Headline.Id);

    [Fact]
    public void One_domain_that_cannot_be_reached_is_said_only_to_who_asks_about_it()
    {
        var organization = new Organization().Waits(Ex03, "DnsConnectorDelivery", "fabrikam.example", "441 4.4.1 Failed to connect");

        Assert.Empty(organization.Diagnose(Vague).Findings);
        Assert.Equal(
            "name-resolution.headline-one",
            organization.Diagnose("EX03: 451 4.4.0 DNS query failed, NonExistentDomain").Findings[0].Headline.Id);
    }

    [Fact]
    public void Several_destinations_at_once_are_not_the_other_side()
    {
        var conclusion = new Organization().Queues(
            Ex03,
            [.. Enumerable.Range(1, 4).Select(n => new QueueReading(
                $@"EX03\{n}", "DnsConnectorDelivery", "Retry", $"d{n}.example", 5, 0, "441 4.4.1 Failed to connect. Winsock error code: 10060"))])
            .Diagnose(Vague);

        Assert.Equal("name-resolution.headline-everywhere", conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void The_smart_host_is_named()
    {
        var conclusion = new Organization()
            .Waits(Ex03, "SmartHostConnectorDelivery", "relay.corp.example", "421 4.4.2 Connection dropped due to SocketError")
            .Tells(new ReadSendConnectors(), new SendConnectorsFact(
                [new SendConnectorReading("Internet", true, ["SMTP:*;1"], ["relay.corp.example"], false, ["EX03"], null, 25)]))
            .Diagnose(Vague);

        Assert.Equal("name-resolution.headline-smart-host", conclusion.Findings[0].Headline.Id);
        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "name-resolution.smart-hosts");
    }

    [Fact]
    public void A_next_hop_that_is_inactive_or_under_pressure_is_not_a_question_of_names()
    {
        Assert.Empty(new Organization().Waits(Ex03, "SmtpRelayToServers", "EX01", "421 4.3.2 Service not active").Diagnose(Vague).Findings);
        Assert.Empty(new Organization().Waits(Ex03, "SmtpRelayToServers", "EX01", "452 4.3.1 Insufficient system resources").Diagnose(Vague).Findings);
    }

    [Fact]
    public void Transport_connectors_without_exchange_server_authentication_confirm_a_report_of_it()
    {
        var conclusion = new Organization()
            .Tells(new ReadReceiveConnectors(Ex03), new ReceiveConnectorsFact(
                Ex03, [new ReceiveConnectorReading("Default EX03", true, "HubTransport", ["0.0.0.0:2525"], null, [], ["Tls"], null)]))
            .Diagnose("EX03: 451 5.7.3 Cannot achieve Exchange Server authentication");

        Assert.Equal("peer-authentication.headline", conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void Mechanisms_that_were_not_told_are_not_taken_for_missing()
    {
        var conclusion = new Organization()
            .Tells(new ReadReceiveConnectors(Ex03), new ReceiveConnectorsFact(
                Ex03, [new ReceiveConnectorReading("Default EX03", true, "HubTransport", ["0.0.0.0:2525"], null, [], [], null)]))
            .Diagnose("EX03: 451 5.7.3 Cannot achieve Exchange Server authentication");

        Assert.Equal("peer-authentication.reported", conclusion.Findings[0].Headline.Id);
    }

    [Theory]
    [InlineData("<I>CN=Corp CA<S>CN=old.corp.example", "certificates.headline-name")]
    [InlineData("<I>CN=Corp CA<S>CN=mail.corp.example", "certificates.reported")]
    [InlineData(null, "certificates.reported")]
    [InlineData("garbage", "certificates.reported")]
    public void A_connector_that_names_a_certificate_which_is_not_there_is_the_cause(string? name, string headline)
    {
        var conclusion = new Organization().Tells(new ReadReceiveConnectors(Ex03), new ReceiveConnectorsFact(
            Ex03, [new ReceiveConnectorReading("Client Frontend", true, "FrontendTransport", ["0.0.0.0:587"], name, [], [], null)])).Diagnose(Tls);

        Assert.Equal(headline, conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void Certificates_whose_subject_was_not_told_do_not_convict_a_connector()
    {
        var conclusion = new Organization()
            .Tells(new ReadCertificates(Ex03), new CertificatesFact(Ex03, [new CertificateReading("A1", null, [], null, null, null, null, null)]))
            .Tells(new ReadReceiveConnectors(Ex03), new ReceiveConnectorsFact(
                Ex03, [new ReceiveConnectorReading("Client", true, "FrontendTransport", ["0.0.0.0:587"], "<I>CN=CA<S>CN=old", [], [], null)]))
            .Diagnose(Tls);

        Assert.Equal("certificates.reported", conclusion.Findings[0].Headline.Id);
        Assert.DoesNotContain(conclusion.Findings[0].Against, evidence => evidence.Text.Id == "certificates.valid");
    }

    [Fact]
    public void An_expired_certificate_says_nothing_to_who_did_not_ask_about_tls()
    {
        var expired = new CertificatesFact(
            Ex03, [new CertificateReading("A1", "CN=mail", [], Now.AddDays(-1), ["SMTP"], true, "DateInvalid", false)]);

        Assert.Empty(new Organization().Tells(new ReadCertificates(Ex03), expired).Diagnose(Vague).Findings);
        Assert.Contains(
            new Organization().Tells(new ReadCertificates(Ex03), expired).Diagnose(Tls).Findings[0].Evidence,
            evidence => evidence.Text.Id == "certificates.expired");
    }

    [Fact]
    public void A_front_door_without_starttls_confirms_a_report_about_tls()
    {
        var door = new ReadSmtpProbe(Ex03, SmtpDoor.FrontDoor);
        var conclusion = new Organization()
            .Tells(door, new SmtpProbeFact(Ex03, SmtpDoor.FrontDoor, SmtpStage.Mailed, "mail", ["SIZE", "X-EXPS GSSAPI"], 250, "2.1.0", "OK"))
            .Diagnose(Tls);

        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "certificates.starttls-missing");
    }

    [Fact]
    public void Two_services_on_port_25_are_told_apart_by_the_connectors_role()
    {
        var conclusion = new Organization()
            .Logged(Ex03, ("MSExchangeTransport", 1019, null))
            .Tells(new ReadReceiveConnectors(Ex03), CatalogueTests.Competing(Ex03))
            .Diagnose(Vague);

        Assert.Equal("connector_config", conclusion.Findings[0].Class);
        Assert.Contains(conclusion.Runbook, line => line.Id == "connectors.set-role" && line.Args["connector"] == "Scanner");
    }

    [Fact]
    public void An_edge_server_listens_on_port_25_rightly()
    {
        var organization = new Organization();
        organization.Tells(new ReadInventory(), new InventoryFact(
            [new ExchangeServer(Ex03, "Version 15.2 (Build 1544.4)", ["Edge"], null, null)]));
        organization.Tells(new ReadReceiveConnectors(Ex03), CatalogueTests.Competing(Ex03));

        Assert.DoesNotContain(
            organization.Diagnose("EX03: MSExchangeTransport 1018, only one usage of each socket address on 0.0.0.0:25").Findings,
            finding => finding.Class == "connector_config");
    }

    [Fact]
    public void Refused_relaying_gets_its_own_advice()
    {
        var conclusion = new Organization().Diagnose("EX03: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain, relay denied by receive connector");

        Assert.Equal("connector_config", conclusion.Findings[0].Class);
        Assert.Contains(conclusion.Runbook, line => line.Id == "connectors.relay");
    }
}
