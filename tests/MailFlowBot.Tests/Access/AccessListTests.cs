using MailFlowBot.Access;
using MailFlowBot.Channels;

namespace MailFlowBot.Tests.Access;

public sealed class AccessListTests
{
    private static readonly AccessList List = new(Cast.Tenant, [Cast.Alice, Cast.Dave], [Cast.Bob, Cast.Dave]);

    [Fact]
    public void A_reader_may_ask_and_not_approve()
    {
        Assert.True(List.MayRead(Cast.Alice));
        Assert.False(List.MayApprove(Cast.Alice));
    }

    [Fact]
    public void An_approver_may_ask_too() => Assert.True(List.MayRead(Cast.Bob));

    [Fact]
    public void A_guest_may_do_nothing_even_when_a_list_names_him()
    {
        Assert.False(List.MayRead(Cast.Dave));
        Assert.False(List.MayApprove(Cast.Dave));
    }

    [Fact]
    public void The_same_object_id_from_another_tenant_is_somebody_else() =>
        Assert.False(List.MayApprove(Cast.Bob with { Tenant = Guid.NewGuid() }));

    [Fact]
    public void Somebody_without_an_object_id_may_do_nothing() =>
        Assert.False(new AccessList(Cast.Tenant, [Cast.Alice with { ObjectId = Guid.Empty }], []).MayRead(Cast.Alice with { ObjectId = Guid.Empty }));

    [Fact]
    public void The_names_of_who_may_approve_leave_out_who_asked() =>
        Assert.Equal("carol", new AccessList(Cast.Tenant, [], [Cast.Bob, Cast.Carol]).ApproverNames([Cast.Bob]));
}
