using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Diagnosis;

/// <summary>Reports that do not name one server of the inventory.</summary>
public class SweepTests
{
    private static readonly ComponentName Hub = ComponentName.HubTransport;

    [Fact]
    public void The_one_server_that_deviates_is_examined()
    {
        var organization = new Organization().Set(Ex03, Hub, Requester.Functional, TimeSpan.FromHours(2));

        var conclusion = organization.Diagnose("mail stays in Outbox");

        Assert.Equal(Ex03, Assert.Single(conclusion.Findings).Server);
        Assert.NotNull(conclusion.Plan);
        Assert.Equal([new ReadComponentStates(Ex01)], organization.Asked.Where(read => read.Server == Ex01));
    }

    [Fact]
    public void Two_servers_that_deviate_bring_one_question_and_no_plan()
    {
        var conclusion = new Organization()
            .Set(Ex01, Hub, Requester.Functional, TimeSpan.FromHours(2))
            .Set(Ex03, Hub, Requester.Functional, TimeSpan.FromHours(2))
            .Diagnose("mail stays in Outbox");

        Assert.Empty(conclusion.Findings);
        Assert.Null(conclusion.Plan);
        Assert.Equal("ask.which-of-deviating", conclusion.Ask?.Id);
        Assert.Equal("EX01, EX03", conclusion.Ask?.Args["servers"]);
    }

    [Fact]
    public void Where_all_components_are_active_the_services_are_looked_at()
    {
        var conclusion = new Organization().Service(Ex02, WindowsService.Transport, ServiceStatus.Stopped).Diagnose("mail stays in Outbox");

        Assert.Equal(("transport_service_down", (ServerName?)Ex02), (conclusion.Findings[0].Class, conclusion.Findings[0].Server));
        Assert.Equal(Explains.Partly, conclusion.Findings[0].Explains);
    }

    [Fact]
    public void A_server_that_could_not_be_seen_is_named_and_not_called_healthy()
    {
        var conclusion = new Organization().Hides(new ReadComponentStates(Ex02), NotSeenReason.Unreachable).Diagnose("mail stays in Outbox");

        Assert.Equal("ask.which-server-unseen", conclusion.Ask?.Id);
        Assert.Contains(conclusion.Runbook, line => line.Id == "not-seen.unreachable" && line.Args["server"] == "EX02");
    }

    [Fact]
    public void Without_an_inventory_nothing_is_asked_of_any_server()
    {
        var organization = new Organization().Hides(new ReadInventory(), NotSeenReason.Unreachable);

        var conclusion = organization.Diagnose("EX03 421 4.3.2 Service not active");

        Assert.Equal([new ReadInventory()], organization.Asked);
        Assert.Equal("not_seen", Assert.Single(conclusion.Findings).Class);
        Assert.Equal("not-seen", conclusion.Refusal);
    }

    [Fact]
    public void A_mistyped_server_is_asked_about_and_not_swept_for()
    {
        var organization = new Organization().Set(Ex03, Hub, Requester.Functional, TimeSpan.FromHours(2));

        var conclusion = organization.Diagnose("EX07 answers 421 4.3.2 Service not active");

        Assert.Equal("ask.did-you-mean", conclusion.Ask?.Id);
        Assert.Equal([new ReadInventory()], organization.Asked);
    }

    [Fact]
    public void A_server_asked_for_by_name_that_does_not_exist_is_said()
    {
        var conclusion = new Organization().Diagnose("", new ServerName("EX09"));

        Assert.Equal("ask.unknown-server", conclusion.Ask?.Id);
        Assert.Equal("EX09", conclusion.Ask?.Args["name"]);
    }

    [Fact]
    public void What_is_not_ours_is_not_checked_unless_a_server_is_asked_for()
    {
        const string text = "smtp.office365.com / mail.protection.outlook.com in Exchange Online is slow, calendar too";
        Assert.Equal(SymptomClass.NoneOfOurs, SymptomReader.Read(text, Names).Class);
        var organization = new Organization();

        var conclusion = organization.Diagnose(text);

        Assert.Empty(organization.Asked);
        Assert.Equal(["conclusion.not-ours", "read.declined-exchange-online"], conclusion.Runbook.Select(line => line.Id));
        Assert.NotEmpty(Begin(text, Ex01).Needs);
    }

    [Theory]
    [InlineData("en", "This is about Exchange Online.")]
    [InlineData("ja", "Exchange Online の話のようです。")]
    public void Why_it_is_not_ours_is_said_in_the_readers_language(string language, string reason)
    {
        var conclusion = new Organization().Diagnose("smtp.office365.com / mail.protection.outlook.com in Exchange Online is slow, calendar too");

        Assert.StartsWith(reason, SkillTexts.Format(language, conclusion.Runbook[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_server_leaves_the_branch_of_component_states()
    {
        var organization = new Organization();
        organization.Answers(new ReadInventory(), read => SeenAt(read, new InventoryFact(
            [new ExchangeServer(new("HUB07"), "Version 8.3 (Build 83.6)", ["HubTransport"], "HQ", null)])));

        var conclusion = organization.Diagnose("mail does not flow", new ServerName("HUB07"));

        Assert.DoesNotContain(organization.Asked, read => read is ReadComponentStates or ReadQueues or ReadMailboxServer);
        Assert.Equal("ask.older-version", conclusion.Ask?.Id);
    }

    [Fact]
    public void Of_two_named_servers_the_plan_is_for_the_first_and_the_other_is_named()
    {
        var conclusion = new Organization()
            .Set(Ex01, Hub, Requester.Functional, TimeSpan.FromHours(2))
            .Set(Ex03, Hub, Requester.Functional, TimeSpan.FromHours(2))
            .Diagnose("EX03 and EX01: 421 4.3.2 Service not active");

        Assert.Equal([Ex03, Ex01], conclusion.Findings.Select(finding => finding.Server!.Value));
        Assert.All(conclusion.Plan!.Steps, step => Assert.Equal(Ex03, step.Server));
        Assert.Contains(conclusion.Runbook, line => line.Id == "conclusion.later-plan" && line.Args["server"] == "EX01");
    }

    [Fact]
    public void An_answer_about_another_server_is_an_answer_of_the_wrong_server()
    {
        var organization = new Organization();
        organization.Answers(new ReadServices(Ex03), read => SeenAt(read, new ServicesFact(Ex01, [])));
        var examination = Begin("EX03: mail stays in Outbox");

        organization.Pump(examination);

        Assert.Equal(NotSeenReason.WrongServer, Assert.IsType<NotSeen>(examination.Readings.For(new ReadServices(Ex03))).Reason);
    }
}
