using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Approvals;

/// <summary>A well-formed plan with everything that stands around it; tests change one thing and look what happens.</summary>
internal static class Plans
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 40, 0, TimeSpan.Zero);

    public static readonly ServerName Ex03 = new("EX03");

    public static readonly OrganizationId Organization = new("SIMULATION-A");

    public static readonly ExecutionPlan Reset = new(
        Organization,
        new IncidentId("INC-7"),
        PlanKind.Fix,
        [
            new SetComponentState(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active),
            new RestartService(Ex03, WindowsService.Transport),
        ],
        [
            new Condition(new ReadInventory(), "EX03/version", ConditionOperator.EqualTo, "Version 15.2 (Build 1544.4)"),
            new Condition(new ReadServices(Ex03), "MSExchangeTransport/status", ConditionOperator.EqualTo, "Running"),
        ],
        ChangeClass.A,
        [SimulatedPolicy.Alice],
        Now.AddMinutes(15),
        new Nonce("00112233445566778899aabbccddeeff"),
        new BootEpoch("ffeeddccbbaa99887766554433221100"),
        new AgentName("agent-1"));

    public static SignedDecision Approve(ExecutionPlan plan, PersonId person, ApprovalKey key, string activity = "") =>
        SignedDecision.Sign(Decide(plan, person, activity), key);

    public static Decision Decide(ExecutionPlan plan, PersonId person, string activity = "") => new(
        person,
        DecisionVerdict.Approve,
        "mail stands still",
        new ActivityId(activity.Length > 0 ? activity : "click-" + person.ObjectId),
        plan.Digest,
        new ConversationId("19:thread"),
        plan.Incident,
        Now);

    public static ApprovalGrant Grant(ExecutionPlan plan, ApprovalKey key, params IEnumerable<PersonId> approvers) =>
        Grant(plan, key, [.. approvers.Select(person => Approve(plan, person, key))]);

    public static ApprovalGrant Grant(ExecutionPlan plan, ApprovalKey key, IReadOnlyList<SignedDecision> decisions) =>
        ApprovalGrant.Sign(plan.Digest, decisions, ChainHead.Start, Now, key);
}
