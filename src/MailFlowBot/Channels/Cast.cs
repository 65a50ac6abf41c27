using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Channels;

/// <summary>The people of the playground, with fixed ids, so that scripts and tests can name them.</summary>
internal static class Cast
{
    /// <summary>The tenant that all of them but the guest call home.</summary>
    public static readonly Guid Tenant = SimulatedPolicy.Tenant;

    public static readonly Person Alice = new(new Guid("aaaaaaaa-0000-4000-8000-000000000001"), Tenant, "alice", IsGuest: false);
    public static readonly Person Bob = new(new Guid("aaaaaaaa-0000-4000-8000-000000000002"), Tenant, "bob", IsGuest: false);
    public static readonly Person Carol = new(new Guid("aaaaaaaa-0000-4000-8000-000000000003"), Tenant, "carol", IsGuest: false);

    /// <summary>A guest account: may neither ask nor approve.</summary>
    public static readonly Person Dave =
        new(new Guid("aaaaaaaa-0000-4000-8000-000000000004"), SimulatedPolicy.Dave.Tenant, "dave", IsGuest: true);

    public static readonly IReadOnlyList<Person> All = [Alice, Bob, Carol, Dave];

    public static Person? Find(string name) => All.FirstOrDefault(person => person.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
