using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>What the probe of port 25 heard, compared.</summary>
internal static class ProbedVerbs
{
    /// <returns>Null when the probe did not get as far as an EHLO answer, which says nothing about the verbs.</returns>
    public static EhloComparison? Of(ServerName server, Readings readings) =>
        readings.Fact<SmtpProbeFact>(MissingSmtpVerbsSkill.Probe(server)) is { Stage: SmtpStage.Greeted or SmtpStage.Mailed, Banner: { } banner } probe
            ? EhloComparison.Of(banner, probe.Capabilities)
            : null;
}
