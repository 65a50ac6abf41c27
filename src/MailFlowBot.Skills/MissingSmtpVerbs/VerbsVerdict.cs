using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>What follows from an EHLO answer of an Exchange 2000 or 2003 and from what was reported about it.</summary>
internal static class VerbsVerdict
{
    public static Verdict? Of(ExaminedServer examined)
    {
        var probed = ProbedVerbs.Of(examined.Server, examined.Readings);
        var signs = ReportedSigns.Of(examined.Reading);
        var paste = EhloPaste.Of(examined.Reading.Text);
        if (paste is not null && IsOfAnother(examined, paste))
            paste = null;
        var pasted = paste is null ? null : EhloComparison.Of(paste.Banner, paste.Verbs);

        if (probed?.Outcome == EhloOutcome.ExtensionsLost)
            return Found(examined, "smtp-verbs.headline", Weigh(0.95, signs), [Probed(examined, probed)], [], signs);
        if (pasted?.Outcome == EhloOutcome.ExtensionsLost)
        {
            return probed?.IsHealthy == true
                ? Found(examined, "smtp-verbs.headline-contradictory", 0.3, [Pasted(pasted)], [Offered(examined, probed)], signs)
                : Found(
                    examined, "smtp-verbs.headline", Weigh(paste!.Banner is null ? 0.5 : 0.65, signs), [Pasted(pasted)], Doubts(examined, probed), signs);
        }

        // Words alone: the service that does not start is one for this article, all else only together.
        var spoken = signs.For.Count > 0 && (signs.For.Count > 1 || examined.Reading.Class == SymptomClass.LegacySmtpVerbs);
        if (!spoken)
            return null;
        if (probed?.IsHealthy == true || pasted?.IsHealthy == true)
        {
            var offered = probed?.IsHealthy == true ? Offered(examined, probed) : new Evidence(Line.Of("smtp-verbs.paste-complete"), null, null);
            return new Verdict([], null, null, [offered.Text]) { PasteBack = VerbsRunbook.Ask(examined.Server) };
        }

        return Found(examined, "smtp-verbs.headline-reported", Weigh(0.5, signs), [], Doubts(examined, probed), signs);
    }

    private static Verdict Found(
        ExaminedServer examined, string headline, double confidence, IReadOnlyList<Evidence> evidence, IReadOnlyList<Evidence> against,
        ReportedSigns signs)
    {
        var missing = new Witness(examined.Readings).Missing(MissingSmtpVerbsSkill.Probe(examined.Server));
        var finding = new Finding(
            FindingClass.LegacySmtpVerbs,
            examined.Server,
            Explaining(examined.Reading, headline),
            confidence,
            VerbsArticle.Id,
            evidence.Count > 0 ? VerbsArticle.Troubleshoot : VerbsArticle.Cause,
            Line.Of(headline, ("server", examined.Server.Value)),
            [.. evidence, .. signs.For],
            [.. against, .. signs.Against],
            missing);
        return new Verdict([finding], null, null, VerbsRunbook.For(examined)) { PasteBack = VerbsRunbook.Ask(examined.Server) };
    }

    private static Explains Explaining(SymptomReading reading, string headline) =>
        reading.Class == SymptomClass.NoneOfOurs || headline == "smtp-verbs.headline-contradictory" ? Explains.DoesNotExplain
        : reading.Class is null or SymptomClass.LegacySmtpVerbs or SymptomClass.Legacy2003Other or SymptomClass.OtherMailflow ? Explains.Explains
        : Explains.Partly;

    private static double Weigh(double seen, ReportedSigns signs) =>
        Math.Clamp(Math.Round(seen + (0.05 * signs.For.Count) - (0.2 * signs.Against.Count), 2), 0.2, 0.97);

    private static Evidence Probed(ExaminedServer examined, EhloComparison comparison) => new Witness(examined.Readings).Says(
        MissingSmtpVerbsSkill.Probe(examined.Server),
        Line.Of("smtp-verbs.probe-missing", ("server", examined.Server.Value), ("verbs", string.Join(", ", comparison.Missing))));

    private static Evidence Pasted(EhloComparison comparison) =>
        new(Line.Of("smtp-verbs.paste-missing", ("verbs", string.Join(", ", comparison.Missing))), null, null);

    private static Evidence Offered(ExaminedServer examined, EhloComparison comparison) => new Witness(examined.Readings).Says(
        MissingSmtpVerbsSkill.Probe(examined.Server),
        Line.Of(
            comparison.Outcome == EhloOutcome.BasicAuthenticationOff ? "smtp-verbs.basic-off" : "smtp-verbs.all-offered",
            ("server", examined.Server.Value)));

    /// <summary>A probe that got an answer it cannot judge by.</summary>
    private static List<Evidence> Doubts(ExaminedServer examined, EhloComparison? probed)
    {
        var id = probed?.Outcome switch
        {
            EhloOutcome.Filtered => "smtp-verbs.probe-filtered",
            EhloOutcome.OtherServer => "smtp-verbs.probe-other-server",
            EhloOutcome.TooLittle => "smtp-verbs.probe-too-little",
            _ => null,
        };
        return id is null
            ? []
            : [new Witness(examined.Readings).Says(MissingSmtpVerbsSkill.Probe(examined.Server), Line.Of(id, ("server", examined.Server.Value)))];
    }

    // The FQDN of a virtual server may be any name, so only a greeting by another server of the organisation is surely another's.
    private static bool IsOfAnother(ExaminedServer examined, EhloPaste paste) =>
        paste.Host?.Split('.')[0] is { } label && ServerName.TryParse(label, out var name)
        && name != examined.Server && examined.Readings.Inventory?.Find(name) is not null;
}
