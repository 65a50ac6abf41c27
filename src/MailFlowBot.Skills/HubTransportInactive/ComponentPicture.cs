using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>What keeps the components of one server from working, sorted by what can be said about each.</summary>
/// <param name="Held">Watched components with an entry that is not Active, ServerWideOffline first.</param>
/// <param name="NoRequester">
/// Watched components that do not work although nobody's entry holds them, and that no ServerWideOffline explains.
/// </param>
/// <param name="Contradictory">
/// Watched components whose state and entries cannot both be right, that read as no documented value, or whose requester is not
/// told.
/// </param>
/// <param name="Others">Components that have no part in mail flow and are held.</param>
internal sealed record ComponentPicture(
    IReadOnlyList<ComponentReading> Held,
    IReadOnlyList<ComponentReading> NoRequester,
    IReadOnlyList<ComponentReading> Contradictory,
    IReadOnlyList<ComponentReading> Others)
{
    /// <summary>
    /// Components that decide about mail, and the two that setup leaves behind together with ServerWideOffline.
    /// </summary>
    private static readonly IReadOnlyList<ComponentName> Watched =
    [
        ComponentName.ServerWideOffline,
        ComponentName.Monitoring,
        ComponentName.RecoveryActionsEnabled,
        ComponentName.HubTransport,
        ComponentName.FrontendTransport,
        ComponentName.EdgeTransport,
    ];

    // How the catalogue writes an entry that is there without saying whose it is.
    private static readonly Requester NotTold = new("not-told");

    public bool Disturbed => Held.Count + NoRequester.Count + Contradictory.Count > 0;

    /// <summary>Components that do not work and through which mail passes.</summary>
    public IEnumerable<ComponentReading> BlockingMail =>
        Held.Concat(NoRequester).Where(component => component.Component != ComponentName.Monitoring
            && component.Component != ComponentName.RecoveryActionsEnabled);

    /// <summary>All requesters that hold a watched component.</summary>
    public IEnumerable<Requester> Requesters => Held.SelectMany(component => component.Holding).Select(entry => entry.Requester).Distinct();

    public static ComponentPicture Of(ComponentStatesFact states)
    {
        var watched = Watched.Select(states.Find).OfType<ComponentReading>().ToList();
        var contradictory = watched.Where(IsContradictory).ToList();
        var offline = states.Find(ComponentName.ServerWideOffline)?.State != ComponentState.Active;
        return new ComponentPicture(
            [.. watched.Where(component => component.Holding.Any())],
            [.. watched.Except(contradictory).Where(component => StandsStill(component) && !(offline && IsOverruled(component)))],
            contradictory,
            [.. states.Components.Where(component => !Watched.Contains(component.Component)
                && !component.Component.IsInactiveByDesign && component.Holding.Any())]);
    }

    /// <summary>ServerWideOffline overrules every component except these two, and is not overruled by itself.</summary>
    public static bool IsOverruled(ComponentReading component) => component.Component != ComponentName.ServerWideOffline
        && component.Component != ComponentName.Monitoring
        && component.Component != ComponentName.RecoveryActionsEnabled;

    /// <summary>An entry holds the component, and whose it is could not be read.</summary>
    public static bool RequesterUntold(ComponentReading component) => component.Holding.Any(entry => entry.Requester == NotTold);

    private static bool StandsStill(ComponentReading component) =>
        component.State is ComponentState.Inactive or ComponentState.Draining && !component.Holding.Any();

    // Stores that disagree explain a state that does not fit one of them; both are shown and set again by the same requester.
    private static bool IsContradictory(ComponentReading component) =>
        component.State == ComponentState.Unknown
        || RequesterUntold(component)
        || component.Holding.Any(entry => entry.State == ComponentState.Unknown)
        || (component.State == ComponentState.Active && component.Holding.Any() && !component.StoresDisagree);
}
