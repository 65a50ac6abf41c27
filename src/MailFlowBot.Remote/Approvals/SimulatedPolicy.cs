using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Approvals;

/// <summary>The policy of the agent that looks after a simulated organisation: everything the catalogue has, approved by its cast.</summary>
public static class SimulatedPolicy
{
    /// <summary>Home tenant of the whole cast but dave.</summary>
    public static readonly Guid Tenant = Guid.Parse("aaaaaaaa-0000-4000-8000-0000000000ff");

    public static readonly PersonId Alice = Cast(1);
    public static readonly PersonId Bob = Cast(2);
    public static readonly PersonId Carol = Cast(3);

    /// <summary>A guest: his home is another tenant.</summary>
    public static readonly PersonId Dave = Cast(4) with { Tenant = Guid.Parse("aaaaaaaa-0000-4000-8000-0000000000fe") };

    /// <param name="organization">Id of the simulated organisation.</param>
    /// <param name="servers">Its servers.</param>
    /// <param name="keys">Keys of whoever signs decisions and grants.</param>
    public static AgentPolicy For(OrganizationId organization, IEnumerable<ServerName> servers, params IEnumerable<KeyId> keys) => new()
    {
        Organization = organization,
        ApproversA = [Bob, Carol],
        ApproversB = [Bob, Carol],
        TrustedKeys = [.. keys],
        Operations = ["set-component-state", "start-service", "restart-service"],
        Servers = [.. servers],
        Requesters = [Requester.Functional, Requester.Maintenance],
        Services = [.. WindowsService.Changeable],
        ChangesPerHour = 20,
    };

    private static PersonId Cast(int number) => new(Guid.Parse($"aaaaaaaa-0000-4000-8000-00000000000{number}"), Tenant);
}
