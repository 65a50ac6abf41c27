using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Texts;
using static MailFlowBot.Skills.Tests.LegacyOrganization;

namespace MailFlowBot.Skills.Tests.MissingSmtpVerbs;

public class MissingSmtpVerbsTests
{
    private static readonly ReadSmtpProbe Probe = new(Old03, SmtpDoor.FrontDoor);

    private static readonly string LostDialogue = "220 " + Banner2003 + "\nEHLO test\n250-old03.corp.example Hello [192.0.2.7]\n"
        + string.Concat(WindowsVerbs.Select(verb => $"250-{verb}\n")) + "250-AUTH GSSAPI NTLM LOGIN\n250 OK\n";

    private static LegacyOrganization Lost => new LegacyOrganization().Offers(Old03, Banner2003, [.. WindowsVerbs, "AUTH=LOGIN"]);

    [Theory]
    [InlineData("OLD03: mail to it never arrives, NDR #5.0.0")]
    [InlineData("OLD03 で IIS を再インストールしたあとメールが届きません")]
    [InlineData("check OLD03")]
    public void Extensions_that_the_probe_misses_are_the_finding_with_a_runbook_and_no_plan(string report)
    {
        var conclusion = Lost.Diagnose(report);

        var finding = conclusion.Findings[0];
        Assert.Equal("legacy_smtp_verbs", finding.Class);
        Assert.Equal("KB822939", finding.Article);
        Assert.True(finding.Confidence >= 0.9);
        Assert.Contains(finding.Evidence, evidence => evidence.Read == Probe && evidence.Text.Args["verbs"] == "X-EXPS, X-LINK2STATE, XEXCH50");
        Assert.Null(conclusion.Plan);
        Assert.Contains(conclusion.Runbook, line => line.Id == "smtp-verbs.step-migrate");
        Assert.Equal("smtp-verbs.paste-back", conclusion.Ask?.Id);
    }

    [Fact]
    public void A_report_without_a_server_finds_the_one_that_lost_its_extensions()
    {
        var conclusion = Lost.Diagnose("NDR #5.0.0, Exchange 2003, mail vanishes");

        Assert.Equal(Old03, conclusion.Findings[0].Server);
    }

    [Fact]
    public void Basic_authentication_off_is_no_finding()
    {
        var conclusion = new LegacyOrganization()
            .Offers(Old03, Banner2003, [.. WindowsVerbs, "X-EXPS GSSAPI NTLM", "AUTH GSSAPI NTLM", "X-LINK2STATE", "XEXCH50"])
            .Diagnose("OLD03: X-LINK2STATE verb is missing, error 1083");

        Assert.Empty(conclusion.Findings);
        Assert.Contains(conclusion.Runbook, line => line.Id == "smtp-verbs.basic-off");
    }

    [Theory]
    [InlineData("Version 8.3 (Build 83.6)")]
    [InlineData("Version 14.3 (Build 123.4)")]
    [InlineData("Version 15.1 (Build 2507.6)")]
    [InlineData("Version 15.2 (Build 2562.17)")]
    [InlineData("no version")]
    public void Later_versions_are_never_condemned(string version)
    {
        var organization = new LegacyOrganization().Server(Old03, version).Offers(Old03, Banner2003, WindowsVerbs);

        var conclusion = organization.Diagnose("OLD03 verbs missing, error 1083\n" + LostDialogue);

        Assert.DoesNotContain(conclusion.Findings, finding => finding.Class == "legacy_smtp_verbs");
    }

    [Fact]
    public void A_firewall_before_the_server_condemns_nothing_by_itself()
    {
        var organization = new LegacyOrganization().Offers(Old03, "*****************0*2***", WindowsVerbs);

        Assert.Empty(organization.Diagnose("check OLD03").Findings);
        var reported = organization.Diagnose("OLD03: error 1083, verbs missing");
        Assert.Contains(Assert.Single(reported.Findings).Against, evidence => evidence.Text.Id == "smtp-verbs.probe-filtered");
        Assert.True(reported.Findings[0].Confidence < 0.7);
    }

    [Fact]
    public void A_pasted_dialogue_counts_for_less_and_a_probe_that_saw_nothing_is_named()
    {
        var conclusion = new LegacyOrganization()
            .Answers(Probe, read => new NotSeen(read, NotSeenReason.TimedOut, "30 s", Now))
            .Diagnose("OLD03\n" + LostDialogue);

        var finding = Assert.Single(conclusion.Findings);
        Assert.InRange(finding.Confidence, 0.5, 0.75);
        Assert.Contains(finding.NotSeen, evidence => evidence.Text.Id == "not-seen.timed-out");
        Assert.Null(conclusion.Plan);
    }

    [Fact]
    public void A_pasted_dialogue_that_the_probe_contradicts_decides_nothing()
    {
        var conclusion = new LegacyOrganization().Diagnose("OLD03\n" + LostDialogue);

        var finding = Assert.Single(conclusion.Findings);
        Assert.Equal("smtp-verbs.headline-contradictory", finding.Headline.Id);
        Assert.Equal(Explains.DoesNotExplain, finding.Explains);
        Assert.Contains(finding.Against, evidence => evidence.Text.Id == "smtp-verbs.all-offered");
    }

    [Fact]
    public void A_dialogue_with_another_server_says_nothing_about_this_one()
    {
        var conclusion = new LegacyOrganization()
            .Answers(Probe, read => new NotSeen(read, NotSeenReason.TimedOut, "30 s", Now))
            .Diagnose(LostDialogue.Replace("old03.", "hub07.", StringComparison.Ordinal), Old03);

        Assert.DoesNotContain(conclusion.Findings, finding => finding.Evidence.Any(evidence => evidence.Text.Id == "smtp-verbs.paste-missing"));
    }

    [Fact]
    public void Signs_of_another_cause_speak_against_it_and_lower_the_confidence()
    {
        var conclusion = Lost.Diagnose("OLD03: inetinfo.exe, Service Control Manager event 7031 again and again");

        Assert.Contains(conclusion.Findings[0].Against, evidence => evidence.Text.Id == "smtp-verbs.said-crash-loop");
        Assert.True(conclusion.Findings[0].Confidence < 0.9);
    }

    [Theory]
    [InlineData("ERROR: The system was unable to find the specified registry key or value.", "smtp-verbs.step-imc-absent")]
    [InlineData("HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\MSExchangeIMC\n    Start    REG_DWORD    0x2", "smtp-verbs.step-imc-present")]
    public void What_the_registry_query_answered_is_read_again(string answer, string step)
    {
        const string Query = @"reg query HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeIMC";

        var conclusion = Lost.Diagnose($"OLD03\nC:\\>{Query}\n{answer}");

        Assert.Contains(conclusion.Runbook, line => line.Id == step);
        Assert.DoesNotContain(conclusion.Runbook, line => line.Id == "smtp-verbs.step-imc");
    }

    [Fact]
    public void Exchange_2000_is_offered_smtpreinstall_and_2003_is_not()
    {
        var old = Lost.Server(Old03, "Version 6.0 (Build 6249.4: Service Pack 3)").Diagnose("check OLD03");

        Assert.Contains(old.Runbook, line => line.Id == "smtp-verbs.step-smtpreinstall");
        Assert.Contains(Lost.Diagnose("check OLD03").Runbook, line => line.Id == "smtp-verbs.step-smtpreinstall-2003");
    }

    [Fact]
    public void One_probe_is_all_that_is_asked_of_the_server()
    {
        var organization = Lost;
        organization.Diagnose("check OLD03");

        Assert.Equal([Probe], organization.Asked.Where(read => read.Server == Old03));
    }

    [Fact]
    public void Every_line_can_be_said_in_both_languages()
    {
        var conclusion = Lost.Diagnose("OLD03: error 1083, metabase, 5.0.0, unroutable report discarded");

        foreach (var line in conclusion.Runbook.Append(conclusion.Ask!).Concat(conclusion.Findings.SelectMany(finding =>
            finding.Evidence.Concat(finding.Against).Select(evidence => evidence.Text).Append(finding.Headline))))
        {
            Assert.NotEqual(SkillTexts.Format("en", line), SkillTexts.Format("ja", line));
        }
    }
}
