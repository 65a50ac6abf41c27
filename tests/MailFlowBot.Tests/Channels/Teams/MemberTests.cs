using MailFlowBot.Channels.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class MemberTests
{
    private static readonly Guid ObjectId = new("aaaaaaaa-0000-4000-8000-000000000001");
    private static readonly HashSet<Guid> Tenants = [TeamsFixture.Tenant];

    private static Member Honest => new() { Name = "Megan", AadObjectId = $"{ObjectId}", TenantId = $"{TeamsFixture.Tenant}", UserRole = "user" };

    private static ActivityAccount From => new() { Id = "29:megan", Name = "Megan B.", AadObjectId = $"{ObjectId}" };

    [Fact]
    public void An_established_member_is_a_person_with_a_home()
    {
        var person = Member.Person(From, Honest, Tenants);
        Assert.Equal((ObjectId, TeamsFixture.Tenant, "Megan", false), (person.ObjectId, person.Tenant, person.Name, person.IsGuest));
    }

    [Fact]
    public void The_object_id_has_two_spellings() =>
        Assert.False(Member.Person(From, Honest with { AadObjectId = null, ObjectId = $"{ObjectId}" }, Tenants).IsGuest);

    [Theory]
    [InlineData("could not be fetched")]
    [InlineData("no role")]
    [InlineData("guest")]
    [InlineData("anonymous")]
    [InlineData("no tenant")]
    [InlineData("foreign tenant")]
    [InlineData("other object id")]
    [InlineData("no object id in the activity")]
    [InlineData("object id is no GUID")]
    [InlineData("empty object id")]
    [InlineData("bot")]
    public void What_is_not_established_makes_a_guest(string what)
    {
        var (from, member) = what switch
        {
            "could not be fetched" => (From, null),
            "no role" => (From, Honest with { UserRole = null }),
            "guest" or "anonymous" => (From, Honest with { UserRole = what }),
            "no tenant" => (From, Honest with { TenantId = null }),
            "foreign tenant" => (From, Honest with { TenantId = $"{Guid.NewGuid()}" }),
            "other object id" => (From, Honest with { AadObjectId = $"{Guid.NewGuid()}" }),
            "no object id in the activity" => (From with { AadObjectId = null }, Honest),
            "object id is no GUID" => (From with { AadObjectId = "megan" }, Honest with { AadObjectId = "megan" }),
            "empty object id" => (From with { AadObjectId = $"{Guid.Empty}" }, Honest with { AadObjectId = $"{Guid.Empty}" }),
            "bot" => (From with { Id = "28:bot" }, Honest),
            _ => throw new ArgumentException(what),
        };
        Assert.True(Member.Person(from, member, Tenants).IsGuest);
    }
}
