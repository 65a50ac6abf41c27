using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>A game-day scenario: how the organisation came into its starting state, and what the bot must make of it.</summary>
/// <param name="Name">As typed, such as <c>transport-inactive</c>.</param>
/// <param name="Server">The server it is about; null when about all.</param>
/// <param name="Past">What happened before, the oldest first.</param>
/// <param name="AfterPlan">What happens between the card and the click.</param>
public sealed record Drill(
    string Name,
    ServerName? Server,
    IReadOnlyList<SimulatedEvent> Past,
    DrillExpectation Expected,
    IReadOnlyList<SimulatedEvent>? AfterPlan = null)
{
    /// <summary>The organisation it takes place in.</summary>
    public SimulatedForest Forest { get; init; }

    /// <summary>To be called once a plan of this drill was shown: lets happen what happens behind its back.</summary>
    public void AfterPlanShown(SimulatedOrganization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        foreach (var happened in AfterPlan ?? [])
            organization.Apply(happened);
    }
}
