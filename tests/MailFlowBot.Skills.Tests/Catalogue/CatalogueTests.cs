using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Catalogue;

/// <summary>What all articles of the catalogue have in common, one row each.</summary>
public class CatalogueTests
{
    /// <summary>Class, an English report, a Japanese one, and what endpoints show of the fault.</summary>
    private static readonly IReadOnlyList<(string Class, string English, string Japanese, Action<Organization> Shown)> Faults =
    [
        ("back_pressure", "EX03 answers 452 4.3.1 Insufficient system resources", "EX03 で 452 4.3.1 Insufficient system resources が返り、MSExchangeTransport イベント ID 15006 が出ています",
            organization => organization.Pressure(Ex03, ResourceUse.High)),
        ("store_disk_full", "EX03: queue says 431 4.3.1 STOREDRV; mailbox disk is full", "EX03 のキューに 431 4.3.1 STOREDRV; mailbox disk is full と出ます",
            organization => organization.Waits(Ex03, "SmtpDeliveryToMailbox", "DB03", "431 4.3.1 STOREDRV; mailbox disk is full")),
        ("queue_database", "EX03: event MSExchangeTransport 17003, mail.que is corrupt", "EX03: MSExchangeTransport イベント ID 17003、mail.que が破損しています",
            organization => organization.Logged(Ex03, ("MSExchangeTransport", 17003, null))),
        ("database_unavailable", "EX03: 432 4.3.2 STOREDRV; database is dismounted", "EX03: 432 4.3.2 STOREDRV データベースのマウントが解除されています",
            organization => organization.Waits(Ex03, "SmtpDeliveryToMailbox", "DB03", "432 4.3.2 STOREDRV; database offline")),
        ("dns_smarthost", "EX03: 451 4.4.0 DNS query failed for every domain, NonExistentDomain", "EX03: 451 4.4.0 DNS query failed、DNS の名前解決ができません",
            organization => organization.Waits(Ex03, "SmtpRelayToRemoteActiveDirectorySite", "HQ", "451 4.4.0 DNS query failed with error NonExistentDomain")),
        ("auth_permissions", "EX03: 451 5.7.3 Cannot achieve Exchange Server authentication", "EX03: 451 5.7.3 Cannot achieve Exchange Server authentication で認証に失敗します",
            organization => organization.Waits(Ex03, "SmtpRelayToServers", "EX01", "451 5.7.3 Cannot achieve Exchange Server authentication")),
        ("certificate_tls", "EX03 logs event MSExchangeFrontEndTransport 12014", "EX03: MSExchangeFrontEndTransport イベント ID 12014 が記録されます",
            organization => organization.Logged(Ex03, ("MSExchangeFrontEndTransport", 12014, null))),
        ("connector_config", "EX03: MSExchangeTransport 1018, only one usage of each socket address on 0.0.0.0:25", "EX03: MSExchangeTransport イベント ID 1018 と 1019、ポート 25 は既に使用されています",
            organization => organization.Tells(new ReadReceiveConnectors(Ex03), Competing(Ex03))),
        ("edge_sync", "EX03: EdgeSync does not synchronize to the Edge server", "EX03: EdgeSync の同期が失敗し、エッジ サブスクリプションが更新されません",
            organization => organization.Logged(Ex03, ("MSExchange EdgeSync", 10104, null))),
        ("transport_agent", "EX03: MSExchange Extensibility event 1050, a transport agent is slow", "EX03: MSExchange Extensibility イベント ID 1050、トランスポート エージェントが原因です",
            organization => organization.Logged(Ex03, ("MSExchange Common", 4999, "edgetransport Contoso.SigningAgent"))),
        ("antimalware_engine", "EX03: FIPFS event 5300, the scan engine does not load", "EX03: FIPFS イベント ID 5300、スキャン エンジンが読み込まれません",
            organization => organization.Logged(Ex03, ("FIPFS", 5300, null))),
        ("poison_queue", "EX03: messages in the poison queue, MSExchangeTransport 10001", "EX03: 有害メッセージ キューにメッセージがあります。MSExchangeTransport イベント ID 10001",
            organization => organization.Queues(Ex03, new QueueReading(@"EX03\Poison", "Undefined", "Ready", "Poison", 25, 0, null))),
        ("shadow_redundancy", "EX03: the shadow queue does not drain, shadow redundancy", "EX03: シャドウ キューが減りません。シャドウ冗長性",
            organization => organization.Queues(Ex03, new QueueReading(@"EX03\9", "ShadowRedundancy", "Ready", "EX01.corp.example", 25, 0, null))),
        ("other_mailflow", "EX03: 554 5.4.14 Hop count exceeded, mail loop", "EX03: 554 5.4.14 Hop count exceeded、メールがループしています",
            organization => organization.Waits(Ex03, "DnsConnectorDelivery", "fabrikam.example", "550 5.7.1 Message rejected")),
    ];

    public static TheoryData<string> Classes => [.. Faults.Select(fault => fault.Class)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void What_endpoints_show_and_the_report_says_explains_it(string fault)
    {
        var (_, english, _, shown) = Find(fault);
        var organization = new Organization();
        shown(organization);

        var conclusion = organization.Diagnose(english);

        var finding = Assert.Single(conclusion.Findings);
        Assert.Equal(fault, finding.Class);
        Assert.Equal(Explains.Explains, finding.Explains);
        Assert.Contains(finding.Evidence, evidence => evidence.Read is not null);
        Assert.NotEmpty(conclusion.Runbook);
        Assert.InRange(finding.Confidence, 0.3, 0.95);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_japanese_report_leads_to_the_same_finding(string fault)
    {
        var (_, _, japanese, shown) = Find(fault);
        var organization = new Organization();
        shown(organization);

        var finding = Assert.Single(organization.Diagnose(japanese).Findings);

        Assert.Equal((fault, Explains.Explains), (finding.Class, finding.Explains));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_report_that_healthy_readings_contradict_is_modest_and_changes_nothing(string fault)
    {
        var conclusion = new Organization().Diagnose(Find(fault).English);

        var finding = Assert.Single(conclusion.Findings);
        Assert.Equal(fault, finding.Class);
        Assert.NotEqual(Explains.Explains, finding.Explains);
        Assert.InRange(finding.Confidence, 0.1, 0.45);
        Assert.EndsWith(".reported", finding.Headline.Id, StringComparison.Ordinal);
        Assert.Null(conclusion.Plan);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_report_about_a_server_whose_components_cannot_be_seen_is_not_confirmed_by_its_own_words(string fault)
    {
        var conclusion = new Organization().Hides(new ReadComponentStates(Ex03), NotSeenReason.Unreachable).Diagnose(Find(fault).English);

        Assert.Equal("not_seen", Assert.Single(conclusion.Findings).Class);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Evidence_that_cannot_be_read_is_named_and_lowers_the_confidence(string fault)
    {
        var healthy = Assert.Single(new Organization().Diagnose(Find(fault).English).Findings);
        var blind = new Organization().WithoutWindowsEndpoint(Ex03);
        foreach (var read in Begin(Find(fault).English) is var examination ? Reads(examination) : [])
        {
            if (read is not (ReadInventory or ReadComponentStates) && read.Server == Ex03)
                blind.Hides(read, NotSeenReason.TimedOut);
        }

        var finding = Assert.Single(blind.Diagnose(Find(fault).English).Findings);

        Assert.Equal(fault, finding.Class);
        Assert.NotEmpty(finding.NotSeen);
        Assert.Empty(finding.Against);
        Assert.InRange(finding.Confidence, 0.1, 0.35);
        Assert.Empty(healthy.NotSeen);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void The_budget_of_reads_is_kept(string fault)
    {
        var organization = new Organization();
        Find(fault).Shown(organization);

        organization.Diagnose(Find(fault).English);

        Assert.InRange(organization.Asked.Count(read => read.Server == Ex03 && read is not ReadSmtpProbe), 8, Examination.ReadsPerServer);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_fault_beside_an_inactive_component_leaves_the_word_to_the_component(string fault)
    {
        var organization = new Organization().Set(Ex03, ComponentName.HubTransport, Requester.Functional, TimeSpan.FromHours(2));
        Find(fault).Shown(organization);

        Assert.Equal("component_inactive", organization.Diagnose(Find(fault).English).Findings[0].Class);
    }

    [Fact]
    public void Every_class_but_the_seeds_has_a_skill() => Assert.Equal(
        Faults.Select(fault => fault.Class).Append(SymptomClass.TransportServiceDown).Order(),
        Skillbook.All.Select(skill => skill.Finds).Distinct()
            .Except([SymptomClass.ComponentInactive, SymptomClass.Legacy2007Routing, SymptomClass.LegacySmtpVerbs, SymptomClass.Legacy2003Other])
            .Order());

    [Fact]
    public void A_healthy_server_asked_for_by_name_brings_no_finding_of_any_skill()
    {
        var conclusion = new Organization().Diagnose("", Ex03);

        Assert.Empty(conclusion.Findings);
        Assert.NotNull(conclusion.Ask);
    }

    [Fact]
    public void A_command_to_paste_stands_in_the_sentence_that_carries_it()
    {
        foreach (var fault in Faults)
        {
            foreach (var line in new Organization().Diagnose(fault.English).Runbook.Where(line => line.Args.ContainsKey("command")))
            {
                Assert.Contains(line.Args["command"], SkillTexts.Format("en", line), StringComparison.Ordinal);
                Assert.Contains(line.Args["command"], SkillTexts.Format("ja", line), StringComparison.Ordinal);
            }
        }
    }

    internal static ReceiveConnectorsFact Competing(ServerName server) => new(
        server,
        [
            new ReceiveConnectorReading("Default Frontend", true, "FrontendTransport", ["0.0.0.0:25"], null, [], ["ExchangeServer"], null),
            new ReceiveConnectorReading("Scanner", true, "HubTransport", ["0.0.0.0:25"], null, [], ["ExchangeServer"], null),
        ]);

    private static (string Class, string English, string Japanese, Action<Organization> Shown) Find(string fault) =>
        Faults.Single(row => row.Class == fault);

    private static List<ReadOperation> Reads(Examination examination)
    {
        var organization = new Organization();
        organization.Pump(examination);
        return organization.Asked;
    }
}
