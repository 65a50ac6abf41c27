namespace MailFlowBot.Tests.Architecture;

/// <summary>Who can reach what changes a server.</summary>
public sealed class SafetyTests
{
    private const string Executor = "MailFlowBot.Remote.Agent.IExchangeExecutor";
    private const string Agent = "MailFlowBot.Remote.Agent.ExecutionAgent";
    private const string Grant = "MailFlowBot.Remote.Approvals.ApprovalGrant";

    [Fact]
    public void Only_RunFix_and_what_joins_the_parts_know_the_executor() =>
        Assert.Equal(
            ["MailFlowBot.Backend", "MailFlowBot.Bot", "MailFlowBot.Remediations.RunFix", Agent],
            House.UsersOf(Executor));

    /// <summary>Freezing holds the agent because a freeze is no change: it needs no grant, and lifting it takes one of two people.</summary>
    [Fact]
    public void Only_freezing_and_what_joins_the_parts_know_the_agent_itself() =>
        Assert.Equal(
            ["MailFlowBot.Backend", "MailFlowBot.Bot", "MailFlowBot.Conversing.Freezing", "MailFlowBot.RemoteBackend", "MailFlowBot.SimulatedBackend"],
            House.UsersOf(Agent));

    [Fact]
    public void The_diagnosis_holds_a_reader_and_nothing_that_executes_or_grants()
    {
        var diagnosis = House.Types.Where(type => type.Name.Namespace == "MailFlowBot.Diagnosing").SelectMany(type => type.Types)
            .Select(used => used.ToString()).ToHashSet();

        Assert.Contains("MailFlowBot.Remote.Agent.IExchangeReader", diagnosis);
        Assert.DoesNotContain(Executor, diagnosis);
        Assert.DoesNotContain(Agent, diagnosis);
        Assert.DoesNotContain(Grant, diagnosis);
        Assert.DoesNotContain(diagnosis, used => used.StartsWith("MailFlowBot.Remote.", StringComparison.Ordinal)
            && used != "MailFlowBot.Remote.Agent.IExchangeReader" && !used.StartsWith("MailFlowBot.Remote.Catalogue.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_executor_takes_a_grant() => Assert.Contains(Grant, House.Named(Executor).Types.Select(used => used.ToString()));

    /// <summary>CommandText prints the same command for people; nothing executes what it prints.</summary>
    [Fact]
    public void A_change_becomes_a_command_in_the_sender_of_the_agent_alone() =>
        Assert.Equal(
            ["MailFlowBot.Remote.Agent.EndpointSender", "MailFlowBot.Remote.Cmdlets.CommandText"],
            House.UsersOf("MailFlowBot.Remote.Cmdlets.ChangeCmdlet"));

    [Fact]
    public void Only_the_endpoints_that_serve_an_agent_make_a_sender() =>
        Assert.Equal(
            ["MailFlowBot.Remote.Endpoints.RemoteEndpoints", "MailFlowBot.Remote.Simulation.SimulatedEndpoints"],
            House.UsersOf("MailFlowBot.Remote.Agent.EndpointSender"));

    [Fact]
    public void The_agent_alone_asks_the_verifier_and_the_bot_does_not_judge_its_own_grants() =>
        Assert.All(
            House.UsersOf("MailFlowBot.Remote.Approvals.ApprovalVerifier"),
            user => Assert.StartsWith("MailFlowBot.Remote.Agent.", user, StringComparison.Ordinal));
}
