using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Remote.Tests.Approvals;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>The agent against the simulated organisation, through sessions and the whole codec.</summary>
public sealed class DrillExecutionTests
{
    public static TheoryData<string> WithPlan => [.. Drills.All.Where(drill => drill.Expected.Steps.Count > 0).Select(drill => drill.Name)];

    [Theory]
    [MemberData(nameof(WithPlan))]
    public async Task The_plan_of_a_drill_is_registered_in_its_class_and_carried_out(string name)
    {
        var drill = Drills.Named(name)!;
        var organization = new SimulatedOrganization(new JumpingTime(), drill);
        await using var endpoints = new SimulatedEndpoints(organization);
        using var signer = ApprovalKey.Create();
        using var agentKey = ApprovalKey.Create();
        using var journal = Journal.InMemory();
        var id = new OrganizationId(SimulatedOrganization.OrganizationId);
        using var agent = new ExecutionAgent(
            new AgentName("agent"),
            endpoints.Reader,
            endpoints.Send,
            SimulatedPolicy.For(id, organization.Servers, signer.Id),
            new TrustedKeys(signer.Public),
            journal,
            agentKey,
            organization.Time,
            TimeProvider.System);
        var proposal = new PlanProposal(id, new IncidentId("I"), PlanKind.Fix, drill.Expected.Steps, [SimulatedPolicy.Alice]);

        var plan = Assert.IsType<Registered>(await agent.RegisterAsync(proposal, CancellationToken.None)).Plan;
        Assert.Equal(drill.Expected.PlanClass, plan.Class);
        drill.AfterPlanShown(organization);
        PersonId[] approvers = plan.Class == ChangeClass.A ? [SimulatedPolicy.Bob] : [SimulatedPolicy.Bob, SimulatedPolicy.Carol];
        var reports = new List<ExecutionReport>();
        await foreach (var report in agent.ExecuteAsync(Plans.Grant(plan, signer, approvers), plan, CancellationToken.None))
            reports.Add(report);

        if (drill.Expected.Refusal == "drift")
            Assert.IsType<Drifted>(Assert.Single(reports));
        else
            Assert.IsType<PlanHeld>(reports[^1]);
        Assert.Equal(drill.Expected.OutcomeUnknown, reports.Any(report => report is OutcomeUnknown));
    }

    [Theory]
    [InlineData("back-pressure", ChangeRefusal.BackPressure, "back-pressure: UsedDiskSpace High 99")]
    [InlineData("su-interrupted", ChangeRefusal.ServiceNotAllowed, "service-state")]
    public async Task A_restart_asked_for_in_spite_of_the_drill_is_refused(string name, ChangeRefusal refusal, string detail)
    {
        var organization = new SimulatedOrganization(new JumpingTime(), Drills.Named(name)!);
        await using var endpoints = new SimulatedEndpoints(organization);
        using var signer = ApprovalKey.Create();
        using var agentKey = ApprovalKey.Create();
        using var journal = Journal.InMemory();
        var id = new OrganizationId(SimulatedOrganization.OrganizationId);
        using var agent = new ExecutionAgent(
            new AgentName("agent"),
            endpoints.Reader,
            endpoints.Send,
            SimulatedPolicy.For(id, organization.Servers, signer.Id),
            new TrustedKeys(signer.Public),
            journal,
            agentKey,
            organization.Time,
            TimeProvider.System);
        var restart = new RestartService(new ServerName("EX03"), WindowsService.Transport);

        var registration = await agent.RegisterAsync(
            new PlanProposal(id, new IncidentId("I"), PlanKind.Fix, [restart], [SimulatedPolicy.Alice]), CancellationToken.None);

        var refused = Assert.IsType<RegistrationRefused>(registration);
        Assert.Equal(refusal, refused.Code);
        Assert.StartsWith(detail, refused.Detail, StringComparison.Ordinal);
    }
}
