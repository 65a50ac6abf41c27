using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>Turns suspicions into findings, the steps for people and, where the hub's endpoint bears it, the one action.</summary>
internal static class RoutingVerdict
{
    public static Verdict Of(RoutingPicture picture, IReadOnlyList<Suspicion> suspicions)
    {
        var (plan, refusal) = RoutingPlan.For(picture);
        return new Verdict(
            [.. suspicions.Select((suspicion, rank) => Finding(picture, suspicion, rank))],
            plan,
            refusal is { } code ? RefusalCode.Of(code) : null,
            RoutingRunbook.For(picture, [.. suspicions.Select(suspicion => suspicion.Cause)], plan is not null || refusal is not null))
        {
            PasteBack = RoutingRunbook.Ask(picture, suspicions[0].Cause),
        };
    }

    private static Finding Finding(RoutingPicture picture, Suspicion suspicion, int rank) => new(
        FindingClass.Legacy2007Routing,
        picture.Server,
        Explaining(picture.Examined.Reading, suspicion, rank),
        suspicion.Confidence,
        RoutingArticle.Id,
        Paragraph(suspicion.Cause),
        Line.Of(Headline(suspicion.Cause), ("server", (picture.Hub?.Name ?? picture.Server).Value)),
        suspicion.Evidence,
        suspicion.Against,
        NotSeen(picture));

    private static Explains Explaining(SymptomReading reading, Suspicion suspicion, int rank) =>
        reading.Class == SymptomClass.NoneOfOurs || suspicion.Against.Count > suspicion.Evidence.Count ? Explains.DoesNotExplain
        : rank == 0 && reading.Class is null or SymptomClass.Legacy2007Routing or SymptomClass.OtherMailflow ? Explains.Explains
        : Explains.Partly;

    private static IReadOnlyList<Evidence> NotSeen(RoutingPicture picture)
    {
        var unseen = picture.Hub is { } hub
            ? new Witness(picture.Examined.Readings).Missing(
                new ReadServices(hub.Name), new ReadEvents(hub.Name), new ReadSmtpProbe(hub.Name, SmtpDoor.FrontDoor))
            : [];
        return
        [
            .. unseen,
            .. picture.Stores.Count + picture.Servers.Count > 0 ? [] : new[] { Unpasted("legacy-routing.not-seen-rights") },
            .. picture.RoutingConfig is null ? new[] { Unpasted("legacy-routing.not-seen-routing-config") } : [],
        ];
    }

    private static Evidence Unpasted(string id) => new(Line.Of(id), null, null);

    private static string Headline(RoutingCause cause) => cause switch
    {
        RoutingCause.StoreNotVisible => "legacy-routing.headline-store-not-visible",
        RoutingCause.NoRoutingGroupConnector => "legacy-routing.headline-no-connector",
        RoutingCause.StoreRightsDenied => "legacy-routing.headline-store-rights",
        RoutingCause.FolderHierarchies => "legacy-routing.headline-hierarchies",
        RoutingCause.SubmissionToHub => "legacy-routing.headline-submission",
        RoutingCause.VirtualServerAuthentication => "legacy-routing.headline-authentication",
        RoutingCause.RemovedServer => "legacy-routing.headline-removed-server",
        RoutingCause.NotTold => "legacy-routing.headline-not-told",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "A cause without a headline."),
    };

    private static string Paragraph(RoutingCause cause) => cause switch
    {
        RoutingCause.StoreNotVisible => RoutingArticle.Inheritance,
        RoutingCause.FolderHierarchies => RoutingArticle.FolderHierarchies,
        RoutingCause.StoreRightsDenied => RoutingArticle.ExplicitAllow,
        _ => RoutingArticle.Cause,
    };
}
