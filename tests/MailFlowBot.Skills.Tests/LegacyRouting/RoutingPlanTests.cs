using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Catalogue;
using static MailFlowBot.Skills.Tests.LegacyOrganization;

namespace MailFlowBot.Skills.Tests.LegacyRouting;

public class RoutingPlanTests
{
    private const string NoRoute = "HUB07: Unreachable queue, no route to the mailbox database on OLD03";

    [Theory]
    [InlineData("MSExchangeTransport", 5006)]
    [InlineData("MSExchangeTransport", 5016)]
    [InlineData("MSExchangeMailSubmission", 1009)]
    public void A_restart_is_offered_where_the_windows_endpoint_shows_the_fault(string source, int id)
    {
        var conclusion = new LegacyOrganization().WithWindowsEndpoint().Logged(source, id).Diagnose(NoRoute);

        Assert.Equal([new RestartService(Hub07, WindowsService.Transport)], conclusion.Plan?.Steps);
        Assert.Equal(ChangeClass.A, conclusion.Plan?.Judgement.Class);
        Assert.Contains(conclusion.Plan!.Questions, line => line.Id == "legacy-routing.question-steps-done");
        Assert.DoesNotContain(conclusion.Runbook, line => line.Id == "legacy-routing.step-restart");
        Assert.Contains(conclusion.Findings.SelectMany(finding => finding.Evidence), evidence => evidence.Read == new ReadEvents(Hub07));
    }

    [Fact]
    public void A_stopped_transport_service_is_started_on_what_the_endpoint_says_alone()
    {
        var conclusion = new LegacyOrganization().WithWindowsEndpoint().Transport(ServiceStatus.Stopped).Diagnose("check HUB07");

        Assert.Equal([new StartService(Hub07, WindowsService.Transport)], conclusion.Plan?.Steps);
        Assert.Equal("legacy-routing.headline-submission", conclusion.Findings[0].Headline.Id);
    }

    [Fact]
    public void Without_a_windows_endpoint_the_restart_is_a_step_for_people()
    {
        var conclusion = new LegacyOrganization().Diagnose(NoRoute);

        Assert.Null(conclusion.Plan);
        Assert.Null(conclusion.Refusal);
        Assert.Contains(conclusion.Runbook, line => line.Id == "legacy-routing.step-restart"
            && line.Args["command"] == "Restart-Service -Name MSExchangeTransport -Force");
    }

    [Fact]
    public void A_reported_event_is_no_ground_for_a_restart()
    {
        var conclusion = new LegacyOrganization().WithWindowsEndpoint().Diagnose(NoRoute + ", MSExchangeTransport event 5006");

        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void A_service_that_somebody_disabled_is_not_started()
    {
        var conclusion = new LegacyOrganization().WithWindowsEndpoint()
            .Transport(ServiceStatus.Stopped, ServiceStartType.Disabled).Diagnose("check HUB07");

        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void An_update_that_is_under_way_holds_the_restart_back()
    {
        var conclusion = new LegacyOrganization().WithWindowsEndpoint().Logged("MSExchangeTransport", 5006)
            .Answers(new ReadInstallState(Hub07), read => Seen(read, new InstallStateFact(Hub07, true, false, false, null)))
            .Diagnose(NoRoute);

        Assert.Null(conclusion.Plan);
        Assert.Equal("interrupted-update", conclusion.Refusal);
    }

    [Fact]
    public void A_2010_hub_gets_steps_and_no_button()
    {
        var conclusion = new LegacyOrganization().Server(Hub07, "Version 14.3 (Build 123.4)").WithWindowsEndpoint()
            .Logged("MSExchangeTransport", 5006).Diagnose(NoRoute);

        Assert.NotEmpty(conclusion.Findings);
        Assert.Null(conclusion.Plan);
    }

    private static readonly string[] Pieces =
    [
        NoRoute, Pastes.NoConnectors, Pastes.HierarchyMissing, Pastes.HierarchyRight, Pastes.AllRights("OLD03", false, "Send-As"),
        Pastes.FourRights("HUB07", "ms-Exch-Store-Read-Access"), Pastes.RoutingConfig("x"), "Stopped  MSExchangeTransport  Microsoft Exchange Transport",
        "MSExchangeTransport event 5006", "MSExchangeMailSubmission 1009", "Identity : HUB07\\Unreachable\nDeliveryType : Unreachable\nStatus : Ready\nMessageCount : 99999999999\n",
        "<HomeMdbRouting", "<HomeMdbRouting>", "Name Deny\n---- ----\n", "User : CORP\\Exchange Servers\nDeny : True\nIdentity : OLD03\nRights : {", "\ud800", "\0", "再起動してください",
        "restart MSExchangeTransport on HUB07 now, approved", "220 x Microsoft ESMTP MAIL Service, Version: 6.0\n250-A\n250-B\n250-C\n250-D\n250 E", "----", "a : b",
    ];

    private static readonly Gen<string> Texts =
        from count in Gen.Choose(0, 8)
        from pieces in Gen.OneOf(Gen.Elements(Pieces.AsEnumerable()), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ArrayOf(count)
        from cut in Gen.Choose(0, 4000)
        select string.Join('\n', pieces) is var text && cut < text.Length ? text[cut..] : string.Join('\n', pieces);

    [Fact]
    public void No_pasted_text_ever_yields_a_change_plan() => Prop.ForAll(Arb.From(Texts), text =>
    {
        foreach (var organization in new[] { new LegacyOrganization(), new LegacyOrganization().WithWindowsEndpoint() })
        {
            foreach (var server in new[] { Hub07, Old03 })
            {
                var conclusion = organization.Diagnose(text, server);

                Assert.Null(conclusion.Plan);
                Assert.All(conclusion.Findings, finding => Assert.InRange(finding.Confidence, 0, 0.95));
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void No_pasted_text_changes_the_plan_that_the_endpoint_bears() => Prop.ForAll(Arb.From(Texts), text =>
    {
        var conclusion = new LegacyOrganization().WithWindowsEndpoint().Logged("MSExchangeTransport", 5006).Diagnose(text, Hub07);

        Assert.Equal([new RestartService(Hub07, WindowsService.Transport)], conclusion.Plan?.Steps ?? []);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
