using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

/// <summary>Connectors, DNS settings, agents, certificates and health sets as an endpoint shows them.</summary>
public class ConnectorAndCertificateTests
{
    private static readonly ServerName Ex01 = new("EX01");

    private static PsObject Of(params (string Name, object? Value)[] properties)
    {
        var from = new PsObject();
        foreach (var (name, value) in properties)
            from.Adapted[name] = value;
        return from;
    }

    private static PsObject Process(string server) =>
        Of(("Result", $"<Diagnostics><ProcessInfo><serverName>{server}</serverName></ProcessInfo></Diagnostics>"));

    private static T Fact<T>(CmdletAnswer answer) where T : Fact => Assert.IsType<T>(Assert.IsType<CmdletAnswer.Found>(answer).Fact);

    private static NotSeenReason Reason(CmdletAnswer answer) => Assert.IsType<CmdletAnswer.Nothing>(answer).Reason;

    private static PsObject Connector(string server, object? bindings, string role = "HubTransport") => Of(
        ("Server", server), ("Name", "Default"), ("Enabled", true), ("TransportRole", role), ("Bindings", bindings),
        ("PermissionGroups", "AnonymousUsers, ExchangeServers"));

    [SkippableFact]
    public void Receive_connectors_of_real_servers()
    {
        var lab = Fact<ReceiveConnectorsFact>(
            new ReceiveConnectorsCmdlet(new ServerName("WIN-CTD3L0RGEN4")).Answer(Capture.Exchange("e19-Get-ReceiveConnector.xml")));
        var objects = Capture.Objects("data/psrp/captures/clixml-exchange/DC_GetReceiveConnector.xml");
        var other = Fact<ReceiveConnectorsFact>(
            new ReceiveConnectorsCmdlet(new ServerName(Property.ServerIn((PsObject)objects[0]!, "Server")!)).Answer(new Outputs(objects)));

        var hub = lab.Connectors[0];
        Assert.Equal("Default WIN-CTD3L0RGEN4", hub.Name);
        Assert.Equal(["0.0.0.0:2525", "[::]:2525"], hub.Bindings);
        Assert.Equal("HubTransport", hub.TransportRole);
        Assert.Equal(["ExchangeUsers", "ExchangeServers", "ExchangeLegacyServers"], hub.PermissionGroups);
        Assert.Contains("ExchangeServer", hub.AuthMechanisms);
        Assert.Equal("WIN-CTD3L0RGEN4.exlab.dom", hub.Fqdn);
        Assert.Empty(lab.CompetingForPort25);
        Assert.Equal(5, other.Connectors.Count);
        Assert.Empty(other.CompetingForPort25);
        Assert.All(other.Connectors, connector => Assert.NotEmpty(connector.Bindings));
    }

    [SkippableFact]
    public void A_send_connector_of_a_real_server()
    {
        var connector = Assert.Single(Fact<SendConnectorsFact>(
            new SendConnectorsCmdlet().Answer(Capture.Exchange("e19-Get-SendConnector.xml"))).Connectors);

        Assert.Equal("Mail to O365", connector.Name);
        Assert.Equal(["SMTP:*;1"], connector.AddressSpaces);
        Assert.False(connector.DnsRouting);
        Assert.Single(connector.SmartHosts);
        Assert.Equal(["WIN-CTD3L0RGEN4"], connector.SourceServers);
        Assert.Equal(25, connector.Port);
        Assert.Equal("<I>CN=localhost<S>CN=localhost", connector.TlsCertificateName);
    }

    [SkippableTheory]
    [InlineData("e19-Get-ExchangeCertificate.xml", "SOLO-E19A")]
    [InlineData("Get-ExchangeCertificate.Broken.xml", "E2K16-1")]
    [InlineData("Get-ExchangeCertificate.Incomplete.xml", "WIN-CTD3L0RGEN4")]
    public void Certificates_of_real_servers_of_which_only_the_certificate_itself_was_told(string file, string server)
    {
        var fact = Fact<CertificatesFact>(new CertificatesCmdlet(new ServerName(server)).Answer(Capture.Exchange(file)));

        Assert.NotEmpty(fact.Certificates);
        Assert.All(fact.Certificates, certificate =>
        {
            Assert.Equal(40, certificate.Thumbprint.Length);
            Assert.NotNull(certificate.NotAfter);
            Assert.Null(certificate.Services);
            Assert.Null(certificate.HasPrivateKey);
        });
        Assert.Equal(
            NotSeenReason.WrongServer, Reason(new CertificatesCmdlet(Ex01).Answer(Capture.Exchange(file))));
    }

    [SkippableFact]
    public void Names_and_end_of_a_real_certificate()
    {
        var fact = Fact<CertificatesFact>(new CertificatesCmdlet(new ServerName("SOLO-E19A")).Answer(Capture.Exchange("e19-Get-ExchangeCertificate.xml")));

        var own = fact.Certificates.Single(certificate => certificate.Thumbprint == "6C7DE09FB39A40144F57EFEBC3DF0148E3A9AB28");
        Assert.Equal(["Solo-E19A", "Solo-E19A.Solo.com"], own.Domains);
        Assert.Equal(new DateTimeOffset(2024, 12, 3, 22, 45, 58, TimeSpan.Zero), own.NotAfter);
        Assert.True(own.SelfSigned);
    }

    [Fact]
    public void A_certificate_whose_bytes_are_none_is_unreadable() => Assert.Equal(
        NotSeenReason.Unreadable,
        Reason(new CertificatesCmdlet(Ex01).Answer(new Outputs([Of(("Thumbprint", "AB"), ("RawData", new byte[] { 1, 2, 3 }))]))));

    [Fact]
    public void A_certificate_without_its_bytes_is_what_its_properties_say()
    {
        var answer = new CertificatesCmdlet(Ex01).Answer(new Outputs(
            [Of(("Identity", @"EX01.corp.example\AB12"), ("Services", "IMAP, SMTP"), ("HasPrivateKey", true), ("NotAfter", DateTime.UnixEpoch))]));

        var certificate = Assert.Single(Fact<CertificatesFact>(answer).Certificates);
        Assert.Equal("AB12", certificate.Thumbprint);
        Assert.Equal(["IMAP", "SMTP"], certificate.Services!);
        Assert.Equal(DateTimeOffset.UnixEpoch, certificate.NotAfter);
        Assert.True(certificate.HasPrivateKey);
        Assert.Null(certificate.SelfSigned);
    }

    [Fact]
    public void A_hub_connector_on_port_25_competes_with_the_front_end()
    {
        var fact = Fact<ReceiveConnectorsFact>(new ReceiveConnectorsCmdlet(Ex01).Answer(
            new Outputs([Connector("EX01", new PsList(["0.0.0.0:25"])), Connector("EX01", new PsList(["0.0.0.0:25"]), "FrontendTransport")])));

        Assert.Equal("HubTransport", Assert.Single(fact.CompetingForPort25).TransportRole);
        Assert.Equal(["AnonymousUsers", "ExchangeServers"], fact.Connectors[0].PermissionGroups);
    }

    [Fact]
    public void A_connector_whose_bindings_were_not_told_does_not_listen_nowhere() =>
        Assert.Equal(NotSeenReason.Unreadable, Reason(new ReceiveConnectorsCmdlet(Ex01).Answer(new Outputs([Connector("EX01", null)]))));

    [Fact]
    public void Connectors_of_another_server_are_not_seen() => Assert.Equal(
        NotSeenReason.WrongServer,
        Reason(new ReceiveConnectorsCmdlet(Ex01).Answer(new Outputs([Connector("EX02", new PsList(["0.0.0.0:25"]))]))));

    [Fact]
    public void Transport_agents_belong_to_the_server_that_answers_before_and_after()
    {
        object?[] agents =
        [
            Of(("Identity", "Malware Agent"), ("Enabled", true), ("Priority", 4), ("AssemblyPath", @"D:\Exch\TransportRoles\agents\Hub\A.dll")),
            Of(("Identity", "Stamper"), ("Enabled", false), ("AssemblyPath", @"C:\Program Files\Vendor\Stamper.dll")),
            Of(("Identity", "Quiet")),
        ];
        CmdletAnswer Answer(string before, string after) =>
            new TransportAgentsCmdlets(Ex01).Answer(new Outputs([Process(before)], agents, [Process(after)]));

        Assert.Equal(
            [new("Malware Agent", true, 4, false), new("Stamper", false, null, true), new TransportAgentReading("Quiet", null, null, null)],
            Fact<TransportAgentsFact>(Answer("EX01", "EX01")).Agents);
        Assert.Equal(NotSeenReason.WrongServer, Reason(Answer("EX02", "EX01")));
        Assert.Equal(NotSeenReason.WrongServer, Reason(Answer("EX01", "EX02")));
    }

    [Fact]
    public void Dns_of_both_transport_services_is_kept_apart()
    {
        var transport = Of(
            ("Name", "EX01"), ("ExternalDNSAdapterEnabled", false), ("ExternalDNSServers", new PsList(["192.0.2.53"])),
            ("InternalDNSServers", new PsList()), ("MaxPerDomainOutboundConnections", 20));
        var frontEnd = Of(("Name", "EX01"), ("ExternalDNSServers", new PsList(["198.51.100.53"])));

        var fact = Fact<TransportSettingsFact>(new TransportSettingsCmdlets(Ex01).Answer(new Outputs([transport], [frontEnd])));

        Assert.Equal(["192.0.2.53"], fact.External!.Servers);
        Assert.False(fact.External.AdapterEnabled);
        Assert.Empty(fact.Internal!.Servers);
        Assert.Null(fact.Internal.AdapterEnabled);
        Assert.Equal(["198.51.100.53"], fact.FrontEndExternal!.Servers);
        Assert.Null(fact.FrontEndInternal);
        Assert.Equal("20", fact.Value("maxPerDomain"));
        Assert.Null(Fact<TransportSettingsFact>(new TransportSettingsCmdlets(Ex01).Answer(new Outputs([transport], null))).FrontEndExternal);
    }

    [Fact]
    public void Health_sets_of_transport_are_picked_and_an_unknown_alert_stays_unknown()
    {
        object?[] sets =
        [
            Of(("Server", "EX01"), ("HealthSet", "HubTransport"), ("AlertValue", "Unhealthy"), ("LastTransitionTime", DateTime.UnixEpoch)),
            Of(("Server", "EX01"), ("HealthSet", "OWA.Proxy"), ("AlertValue", "Unhealthy")),
            Of(("Server", "EX01"), ("HealthSet", "Mailflow")),
        ];

        var fact = Fact<HealthReportFact>(new HealthReportCmdlet(Ex01).Answer(new Outputs(sets)));

        Assert.Equal(["HubTransport", "Mailflow"], fact.Sets.Select(set => set.Name));
        Assert.Equal(["Unhealthy", "Unknown"], fact.Sets.Select(set => set.AlertValue));
        Assert.Equal(DateTimeOffset.UnixEpoch, fact.Sets[0].LastTransition);
    }
}
