using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Approvals;

public sealed class AgentPolicyTests
{
    private static readonly AgentPolicy Policy = SimulatedPolicy.For(Plans.Organization, [Plans.Ex03], KeyId.Of("key"u8)) with
    {
        Hours = new ChangeHours(new TimeOnly(22, 0), new TimeOnly(6, 0)),
    };

    [Fact]
    public void A_policy_read_back_has_the_same_hash()
    {
        var back = AgentPolicy.FromJson(CanonicalJson.Serialize(Policy.ToJson()));

        Assert.Equal(Policy.Hash, back.Hash);
        Assert.Equal(Policy.ApproversB.AsEnumerable(), back.ApproversB);
        Assert.Equal(Policy.Hours, back.Hours);
    }

    [Fact]
    public void A_policy_is_of_a_laboratory_only_when_it_says_so()
    {
        var lab = Policy with { Lab = true };

        Assert.True(AgentPolicy.FromJson(CanonicalJson.Serialize(lab.ToJson())).Lab);
        Assert.False(AgentPolicy.FromJson(CanonicalJson.Serialize(Policy.ToJson())).Lab);
    }

    [Fact]
    public void Every_member_counts_for_the_hash()
    {
        AgentPolicy[] others =
        [
            Policy with { Hours = null },
            Policy with { ChangesPerHour = 21 },
            Policy with { ApproversA = [SimulatedPolicy.Bob] },
            Policy with { Servers = [] },
            Policy with { OutAtATime = 2 },
            Policy with { ExpiryMinutes = 16 },
            Policy with { Services = [WindowsService.EdgeSync] },
            Policy with { Lab = true },
        ];
        Assert.Equal(others.Length + 1, others.Append(Policy).Select(policy => policy.Hash).Distinct().Count());
    }

    public static TheoryData<Action<JsonObject>, FormatFault, string> Faults => new()
    {
        { json => json["allowAll"] = true, FormatFault.UnknownMember, "allowAll" },
        { json => json["quorum"]!["B"] = 1, FormatFault.BadValue, "quorum.B" },
        { json => json["quorum"]!["A"] = 0, FormatFault.BadValue, "quorum.A" },
        { json => json["approvers"]!["C"] = new JsonArray(), FormatFault.UnknownMember, "approvers.C" },
        { json => json["operations"]![0] = "stop-service", FormatFault.BadValue, "operations[0]" },
        { json => json["servers"]![0] = "*", FormatFault.BadValue, "servers[0]" },
        { json => json["services"]![0] = 5, FormatFault.WrongType, "services[0]" },
        { json => json.Remove("changesPerHour"), FormatFault.MissingMember, "changesPerHour" },
        { json => json["hours"]!["to"] = "25:00", FormatFault.BadValue, "hours.to" },
        { json => json["lab"] = "true", FormatFault.WrongType, "lab" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Refuses_a_policy_that_is_not_exactly_one(Action<JsonObject> change, FormatFault fault, string where)
    {
        var json = Policy.ToJson();
        change(json);

        var refusal = Assert.Throws<ApprovalFormatException>(() => AgentPolicy.FromJson(CanonicalJson.Serialize(json)));

        Assert.Equal((fault, where), (refusal.Fault, refusal.Where));
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(12, false)]
    public void Hours_run_over_midnight(int hour, bool inside) =>
        Assert.Equal(inside, Policy.Hours!.Value.Contains(new DateTimeOffset(2026, 11, 22, hour, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void The_cast_has_its_fixed_object_ids()
    {
        Assert.Equal("aaaaaaaa-0000-4000-8000-000000000001", SimulatedPolicy.Alice.ObjectId.ToString());
        Assert.Equal([SimulatedPolicy.Bob, SimulatedPolicy.Carol], Policy.ApproversB.AsEnumerable());
        Assert.NotEqual(SimulatedPolicy.Bob.Tenant, SimulatedPolicy.Dave.Tenant);
    }
}
