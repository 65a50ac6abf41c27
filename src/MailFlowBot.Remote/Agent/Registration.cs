using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>What an agent answers to a proposal.</summary>
public abstract record Registration
{
    private protected Registration()
    {
    }
}

/// <param name="Plan">What can now be approved, until its expiry.</param>
/// <param name="Judgement">The guards with what they read.</param>
/// <param name="Readings">What the agent read itself to judge the plan.</param>
public sealed record Registered(ExecutionPlan Plan, Judgement Judgement, Readings Readings) : Registration;

/// <param name="Code">Why there is no plan.</param>
/// <param name="Detail">What was read or expected.</param>
/// <param name="Judgement">The guards as far as they were asked; null when the proposal was refused before.</param>
public sealed record RegistrationRefused(ChangeRefusal Code, string Detail, Judgement? Judgement) : Registration;
