using System.Text.Json;
using MailFlowBot.Skills.MissingSmtpVerbs;
using MailFlowBot.Testing;
using static MailFlowBot.Skills.Tests.LegacyOrganization;

namespace MailFlowBot.Skills.Tests.MissingSmtpVerbs;

public class EhloComparisonTests
{
    [Fact]
    public void All_three_extensions_missing_means_that_they_are_lost()
    {
        var comparison = EhloComparison.Of(Banner2003, [.. WindowsVerbs, "AUTH GSSAPI NTLM LOGIN", "AUTH=LOGIN"]);

        Assert.Equal(EhloOutcome.ExtensionsLost, comparison.Outcome);
        Assert.Equal(["X-EXPS", "X-LINK2STATE", "XEXCH50"], comparison.Missing);
    }

    [Fact]
    public void All_verbs_present_is_complete() =>
        Assert.Equal(EhloOutcome.Complete, EhloComparison.Of(Banner2003, [.. WindowsVerbs, .. ExchangeVerbs]).Outcome);

    [Fact]
    public void Only_login_missing_is_basic_authentication_off_and_healthy()
    {
        var comparison = EhloComparison.Of(Banner2003, [.. WindowsVerbs, "X-EXPS GSSAPI NTLM", "AUTH GSSAPI NTLM", "X-LINK2STATE", "XEXCH50"]);

        Assert.Equal(EhloOutcome.BasicAuthenticationOff, comparison.Outcome);
        Assert.True(comparison.IsHealthy);
    }

    [Theory]
    [InlineData("XEXCH50")]
    [InlineData("X-LINK2STATE")]
    [InlineData("X-EXPS")]
    public void A_single_verb_missing_points_to_a_firewall(string missing)
    {
        string[] verbs = [.. WindowsVerbs, .. ExchangeVerbs];

        Assert.Equal(EhloOutcome.Filtered, EhloComparison.Of(Banner2003, [.. verbs.Where(verb => !verb.StartsWith(missing, StringComparison.Ordinal))]).Outcome);
    }

    [Theory]
    [InlineData("****************************0*2******0*2", "SIZE")]
    [InlineData(Banner2003, "XXXXXXXA")]
    [InlineData(Banner2003, "XXXXXXXXXXXXX NTLM")]
    public void A_masked_banner_or_verb_points_to_a_firewall(string banner, string verb) =>
        Assert.Equal(EhloOutcome.Filtered, EhloComparison.Of(banner, [.. WindowsVerbs, verb]).Outcome);

    [Theory]
    [InlineData("mail.corp.example ESMTP Postfix")]
    [InlineData("mail.corp.example Microsoft ESMTP MAIL Service ready at Fri, 5 Aug 2016 16:24:41 -0700")]
    [InlineData("mail.corp.example Microsoft ESMTP MAIL Service, Version: 10.0.17763.1 ready")]
    public void A_banner_of_another_server_condemns_nothing(string banner) =>
        Assert.Equal(EhloOutcome.OtherServer, EhloComparison.Of(banner, WindowsVerbs).Outcome);

    [Fact]
    public void Too_few_verbs_condemn_nothing() =>
        Assert.Equal(EhloOutcome.TooLittle, EhloComparison.Of(Banner2003, ["SIZE", "AUTH NTLM"]).Outcome);

    [Theory]
    [InlineData("ATRN")]
    [InlineData("TURN")]
    [InlineData("SIZE")]
    public void Verbs_that_mean_nothing_may_be_missing(string verb)
    {
        string[] verbs = [.. WindowsVerbs.Where(offered => offered != verb), .. ExchangeVerbs];

        Assert.Equal(EhloOutcome.Complete, EhloComparison.Of(Banner2003, verbs).Outcome);
    }

    [SkippableTheory]
    [InlineData("e2003-wild", "Complete")]
    [InlineData("e2003-technet-good", "Complete")]
    [InlineData("e2003-technet-missing", "ExtensionsLost")]
    [InlineData("e2000-kb257569", "Complete")]
    [InlineData("e2016-docs", "OtherServer")]
    [InlineData("e2013-seed", "OtherServer")]
    public void Real_dialogues_are_compared_as_their_sources_say(string id, string outcome)
    {
        using var banners = JsonDocument.Parse(File.ReadAllText(References.Path("data/exchange/text/ehlo-banners.json")));
        var transcript = banners.RootElement.EnumerateArray().Single(entry => entry.GetProperty("id").GetString() == id).GetProperty("transcript").GetString()!;

        var paste = EhloPaste.Of(transcript);

        Assert.NotNull(paste);
        Assert.Equal(outcome, EhloComparison.Of(paste.Banner, paste.Verbs).Outcome.ToString());
    }
}
