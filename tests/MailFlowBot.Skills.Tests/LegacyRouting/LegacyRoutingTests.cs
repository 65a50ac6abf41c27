using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Texts;
using static MailFlowBot.Skills.Tests.LegacyOrganization;

namespace MailFlowBot.Skills.Tests.LegacyRouting;

public class LegacyRoutingTests
{
    private const string NoRoute = "HUB07: mail to Exchange 2003 sits in the Unreachable queue: There is currently no route to the mailbox database.\n";
    private const string LogonFailure = "HUB07: MapiDelivery queue is Ready with 40 messages, 430 4.2.0 STOREDRV; mailbox logon failure\n";
    private const string NoDatabase = "HUB07: Unreachable, LastError: The mailbox recipient does not have a mailbox database.\n";

    private static readonly string[] Everything =
        ["store-not-visible", "no-connector", "store-rights", "hierarchies", "submission", "authentication", "removed-server", "not-told"];

    [Theory]
    [InlineData(NoRoute, "store-not-visible")]
    [InlineData("HUB07 の Unreachable キューに Exchange 2003 宛のメールがたまっています", "store-not-visible")]
    [InlineData("HUB07: messages with an unreachable destination pile up on the 2003 side as well", "no-connector")]
    [InlineData("HUB07 to OLD03, after /legacyroutingserver was left out at setup", "no-connector")]
    [InlineData(LogonFailure, "store-rights")]
    [InlineData(NoDatabase, "hierarchies")]
    [InlineData("HUB07 event id 1009 source MSExchangeMailSubmission, mail stays in Outbox", "submission")]
    [InlineData("HUB07 にイベント 1009 MSExchangeMailSubmission、送信トレイから出ません", "submission")]
    [InlineData("HUB07: 451 4.4.0 Primary target IP address responded with 535 5.7.3 anonymous authentication not allowed", "authentication")]
    [InlineData("HUB07 retries to an old 2003 bridgehead that was unplugged without uninstall", "removed-server")]
    public void Each_row_of_the_article_is_a_finding_of_its_own(string report, string cause)
    {
        var conclusion = new LegacyOrganization().Diagnose(report);

        var finding = conclusion.Findings[0];
        Assert.Equal("legacy_2007_routing", finding.Class);
        Assert.Equal($"legacy-routing.headline-{cause}", finding.Headline.Id);
        Assert.InRange(finding.Confidence, 0.3, 0.8);
        Assert.Null(conclusion.Plan);
        Assert.Contains(conclusion.Runbook, line => line.Id == "legacy-routing.step-restart");
        Assert.NotNull(conclusion.Ask);
        Assert.Contains(cause, Everything);
    }

    [Fact]
    public void A_report_without_a_server_is_about_the_only_hub()
    {
        var conclusion = new LegacyOrganization().Diagnose(
            "Exchange 2007 to Exchange 2003: mail stuck in Unreachable queue, there is currently no route to the mailbox database, routing group connector");

        Assert.Equal(Hub07, conclusion.Findings[0].Server);
    }

    [Fact]
    public void Rights_that_are_missing_raise_the_confidence_and_stand_in_a_table()
    {
        var bare = new LegacyOrganization().Diagnose(NoRoute).Findings[0].Confidence;

        var conclusion = new LegacyOrganization().Diagnose(NoRoute + Pastes.AllRights("OLD03", inherited: true, "Send-As", "ms-Exch-Store-Admin"));

        var finding = conclusion.Findings[0];
        Assert.True(finding.Confidence > bare);
        Assert.Contains(finding.Evidence, evidence => evidence.Text.Id == "legacy-routing.paste-rights-wrong"
            && evidence.Text.Args["rights"] == "Administer information store, Send As");
        var table = Assert.Single(conclusion.Runbook, line => line.Id == "legacy-routing.rights-table" && line.Args["table"].Contains("Send As", StringComparison.Ordinal));
        Assert.Contains("+i Read\n", table.Args["table"], StringComparison.Ordinal);
        Assert.Contains("0  Send As", table.Args["table"], StringComparison.Ordinal);
        Assert.DoesNotContain(finding.NotSeen, evidence => evidence.Text.Id == "legacy-routing.not-seen-rights");
    }

    [Fact]
    public void Nothing_inherited_means_that_inheritance_is_off()
    {
        var conclusion = new LegacyOrganization().Diagnose(NoRoute + Pastes.AllRights("OLD03", inherited: false));

        Assert.Contains(conclusion.Findings[0].Evidence, evidence => evidence.Text.Id == "legacy-routing.paste-no-inheritance");
    }

    [Fact]
    public void A_store_that_routing_lists_and_rights_that_are_complete_speak_against_it()
    {
        var conclusion = new LegacyOrganization().Diagnose(
            NoRoute + Pastes.AllRights("OLD03") + Pastes.RoutingConfig("CN=Mailbox Store (OLD03),CN=First Storage Group"));

        var finding = Assert.Single(conclusion.Findings, found => found.Headline.Id == "legacy-routing.headline-store-not-visible");
        Assert.True(finding.Confidence < 0.3);
        Assert.Equal(
            ["legacy-routing.paste-rights-right", "legacy-routing.paste-store-listed"], finding.Against.Select(evidence => evidence.Text.Id));
        Assert.Equal(Explains.DoesNotExplain, finding.Explains);
    }

    [Fact]
    public void Missing_connectors_come_before_missing_rights()
    {
        var conclusion = new LegacyOrganization().Diagnose(NoRoute + Pastes.NoConnectors);

        Assert.Equal(
            ["legacy-routing.headline-no-connector", "legacy-routing.headline-store-not-visible"],
            conclusion.Findings.Select(finding => finding.Headline.Id));
        Assert.Contains(conclusion.Runbook, line => line.Id == "legacy-routing.step-new-connector"
            && line.Args["command"].Contains("-SourceTransportServers HUB07 -TargetTransportServers OLD03", StringComparison.Ordinal));
    }

    [Fact]
    public void Connectors_in_both_directions_are_no_finding() => Assert.DoesNotContain(
        new LegacyOrganization().Diagnose(NoRoute + Pastes.Connector(Pastes.Group2007, "First Routing Group") + Pastes.Connector("First Routing Group", Pastes.Group2007)).Findings,
        finding => finding.Headline.Id == "legacy-routing.headline-no-connector");

    [Fact]
    public void A_denied_store_right_is_found_with_the_way_to_deal_with_an_inherited_one()
    {
        var conclusion = new LegacyOrganization().Diagnose(LogonFailure + Pastes.FourRights("HUB07", denied: "ms-Exch-Store-Transport-Access"));

        var finding = conclusion.Findings[0];
        Assert.Equal("Resolution, method 3", finding.Paragraph);
        Assert.True(finding.Confidence > 0.8);
        Assert.Contains(finding.Evidence, evidence => evidence.Text.Id == "legacy-routing.paste-store-denied" && evidence.Text.Args["rights"] == "Store Transport Access");
        Assert.Contains(conclusion.Runbook, line => line.Id == "legacy-routing.step-inherited-deny");
    }

    [Fact]
    public void On_2010_a_waiting_queue_of_a_dismounted_database_is_not_this()
    {
        var conclusion = new LegacyOrganization().Server(Hub07, "Version 14.3 (Build 123.4)")
            .Diagnose("HUB07: MapiDelivery queue, mailbox logon failure, the database is dismounted");

        Assert.DoesNotContain(conclusion.Findings, finding => finding.Headline.Id == "legacy-routing.headline-store-rights");
    }

    [Fact]
    public void A_missing_container_is_found_and_a_right_one_speaks_against_it()
    {
        var missing = new LegacyOrganization().Diagnose(NoDatabase + Pastes.HierarchyMissing).Findings[0];
        var right = new LegacyOrganization().Diagnose(NoDatabase + Pastes.HierarchyRight).Findings
            .Single(finding => finding.Headline.Id == "legacy-routing.headline-hierarchies");

        Assert.Contains(missing.Evidence, evidence => evidence.Text.Id == "legacy-routing.paste-no-container");
        Assert.Contains(right.Against, evidence => evidence.Text.Id == "legacy-routing.paste-hierarchy-right");
        Assert.True(missing.Confidence > right.Confidence + 0.3);
    }

    [Fact]
    public void A_trace_that_ends_in_rpc_speaks_for_the_hub_and_against_the_rights()
    {
        var conclusion = new LegacyOrganization().Diagnose(
            "HUB07 MSExchangeMailSubmission event 1009; MapiExceptionLogonFailed (hr=0x80040111, ec=1010) EEInfo: Status: 1722");

        Assert.Equal("legacy-routing.headline-submission", conclusion.Findings[0].Headline.Id);
        Assert.Contains(conclusion.Findings[1].Against, evidence => evidence.Text.Id == "legacy-routing.said-rpc");
    }

    [Fact]
    public void Without_an_older_server_in_the_inventory_the_doubt_is_said()
    {
        var conclusion = new LegacyOrganization().Without(Old03).Diagnose(NoRoute);

        Assert.Contains(conclusion.Findings[0].Against, evidence => evidence.Text.Id == "legacy-routing.no-older-server");
        Assert.True(conclusion.Findings[0].Confidence < 0.4);
    }

    [Theory]
    [InlineData("Version 15.1 (Build 2507.6)")]
    [InlineData("unreadable")]
    public void On_later_servers_this_article_is_silent(string version) => Assert.DoesNotContain(
        new LegacyOrganization().Server(Hub07, version).Diagnose(NoRoute).Findings, finding => finding.Class == "legacy_2007_routing");

    [Fact]
    public void A_healthy_hub_gets_no_finding() => Assert.Empty(new LegacyOrganization().WithWindowsEndpoint().Diagnose("check HUB07").Findings);

    [Fact]
    public void What_could_not_be_seen_is_named()
    {
        var finding = new LegacyOrganization().Diagnose(NoRoute).Findings[0];

        Assert.Equal(
            ["not-seen.no-endpoint", "not-seen.no-endpoint", "not-seen.no-endpoint", "legacy-routing.not-seen-rights", "legacy-routing.not-seen-routing-config"],
            finding.NotSeen.Select(evidence => evidence.Text.Id));
    }

    [Fact]
    public void The_reads_stay_within_the_budget_and_leave_out_what_2007_does_not_have()
    {
        var organization = new LegacyOrganization().WithWindowsEndpoint();
        organization.Diagnose(NoRoute);

        var hub = organization.Asked.Where(read => read.Server == Hub07).ToList();
        Assert.InRange(hub.Count, 1, 6);
        Assert.DoesNotContain(hub, read => read is ReadComponentStates or ReadQueues or ReadMailboxServer);
        Assert.Equal(organization.Asked.Distinct().Count(), organization.Asked.Count);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_line_can_be_said_in_both_languages(string report)
    {
        var conclusion = new LegacyOrganization().WithWindowsEndpoint().Logged("MSExchangeTransport", 5006).Diagnose(report);

        Assert.NotEmpty(conclusion.Findings);
        foreach (var line in conclusion.Runbook.Append(conclusion.Ask!)
            .Concat(conclusion.Findings.SelectMany(finding => finding.Evidence.Concat(finding.Against).Concat(finding.NotSeen)
                .Select(evidence => evidence.Text).Append(finding.Headline)))
            .Concat(conclusion.Plan is { } plan ? [.. plan.Guided, .. plan.Questions, plan.Effect, plan.Risk] : []))
        {
            Assert.NotEmpty(SkillTexts.Format("en", line));
            Assert.NotEqual(SkillTexts.Format("en", line), SkillTexts.Format("ja", line));
        }
    }

    public static TheoryData<string> Reports =>
    [
        NoRoute + Pastes.AllRights("OLD03", false, "Send-As"), LogonFailure + Pastes.FourRights("OLD03"), NoDatabase + Pastes.HierarchyRight,
        NoRoute + Pastes.NoConnectors + Pastes.RoutingConfig("elsewhere"), "HUB07 unplugged 2003, 535 5.7.3 anonymous authentication, event 1009 MSExchangeMailSubmission",
    ];
}
