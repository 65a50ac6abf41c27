using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Tests.Approvals;

public sealed class ExecutionPlanTests
{
    [Fact]
    public void A_plan_read_back_has_the_same_bytes_and_digest()
    {
        var bytes = Plans.Reset.CanonicalBytes();

        var back = ExecutionPlan.FromJson(bytes);

        Assert.Equal(bytes, back.CanonicalBytes());
        Assert.Equal(Plans.Reset.Digest, back.Digest);
        Assert.Equal(Plans.Reset.Steps, back.Steps);
        Assert.Equal(Plans.Reset.Preconditions, back.Preconditions);
    }

    [Fact]
    public void Canonical_bytes_hold_members_in_order_and_no_prose()
    {
        var text = Encoding.UTF8.GetString(Plans.Reset.CanonicalBytes());

        Assert.StartsWith("{\"agent\":\"agent-1\",\"class\":\"A\",\"epoch\":\"ffee", text, StringComparison.Ordinal);
        Assert.Contains(
            "{\"operation\":\"set-component-state\",\"parameters\":{\"component\":\"HubTransport\",\"requester\":\"Functional\","
            + "\"state\":\"Active\"},\"server\":\"EX03\",\"version\":1}",
            text,
            StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<JsonObject>, FormatFault, string> Faults => new()
    {
        { "unknown member", json => json["note"] = "urgent", FormatFault.UnknownMember, "note" },
        { "unknown member of a step", json => Step(json)["force"] = true, FormatFault.UnknownMember, "steps[0].force" },
        {
            "further parameter", json => Step(json)["parameters"]!["script"] = "rm", FormatFault.UnknownMember,
            "steps[0].parameters.script"
        },
        { "missing member", json => json.Remove("nonce"), FormatFault.MissingMember, "nonce" },
        { "unknown operation", json => Step(json)["operation"] = "invoke-expression", FormatFault.UnknownOperation, "steps[0]" },
        { "another version", json => Step(json)["version"] = 2, FormatFault.UnknownVersion, "steps[0]" },
        { "a newer plan format", json => json["plan"] = 2, FormatFault.BadValue, "plan" },
        { "server with a path", json => Step(json)["server"] = "EX03/../x", FormatFault.BadValue, "steps[0].server" },
        { "number as text", json => Step(json)["version"] = "1", FormatFault.WrongType, "steps[0].version" },
        { "class by number", json => json["class"] = "1", FormatFault.BadValue, "class" },
        { "time without seven digits", json => json["expiry"] = "2026-11-22T02:40:00Z", FormatFault.BadValue, "expiry" },
        { "upper-case nonce", json => json["nonce"] = new string('A', 32), FormatFault.BadValue, "nonce" },
        { "steps not a list", json => json["steps"] = new JsonObject(), FormatFault.WrongType, "steps" },
        { "a very long text", json => json["incident"] = new string('x', 400), FormatFault.TooLarge, "incident" },
        {
            "too many requesters", json => json["requesters"] = new JsonArray([.. Enumerable.Repeat(0, 1001).Select(n => JsonValue.Create(n))]),
            FormatFault.TooLarge, "requesters"
        },
        {
            "person spelled otherwise", json => json["requesters"]![0]!["object"] = "AAAAAAAA-0000-4000-8000-000000000001",
            FormatFault.BadValue, "requesters[0].object"
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Refuses_a_plan_that_is_not_exactly_one(string what, Action<JsonObject> change, FormatFault fault, string where)
    {
        var json = Plans.Reset.ToJson();
        change(json);

        var refusal = Assert.Throws<ApprovalFormatException>(() => ExecutionPlan.FromJson(CanonicalJson.Serialize(json)));

        Assert.True(fault == refusal.Fault, $"{what}: {refusal.Message}");
        Assert.Equal(where, refusal.Where);
    }

    [Fact]
    public void Refuses_a_member_that_stands_twice_and_a_document_without_end()
    {
        var twice = Encoding.UTF8.GetString(Plans.Reset.CanonicalBytes()).Replace("{\"agent\"", "{\"agent\":\"x\",\"agent\"", StringComparison.Ordinal);

        Assert.Equal(FormatFault.NotJson, Fault(Encoding.UTF8.GetBytes(twice)));
        Assert.Equal(FormatFault.NotJson, Fault(Encoding.UTF8.GetBytes(new string('[', 10_000))));
        Assert.Equal(FormatFault.TooLarge, Fault(new byte[1_000_000]));
        Assert.Equal(FormatFault.WrongType, Fault("[]"u8.ToArray()));
    }

    [Fact]
    public void Any_bytes_are_a_plan_or_a_typed_refusal() => Prop.ForAll<byte[]>(bytes =>
    {
        try
        {
            ExecutionPlan.FromJson(bytes);
            return true;
        }
        catch (ApprovalFormatException)
        {
            return true;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_changed_byte_gives_a_refusal_or_another_digest()
    {
        var bytes = Plans.Reset.CanonicalBytes();
        var digest = Plans.Reset.Digest;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (at, value) =>
        {
            var changed = bytes.ToArray();
            var index = (int)((uint)at * 2654435761u % (uint)changed.Length);
            if (changed[index] == value)
                return true;
            changed[index] = value;
            try
            {
                return ExecutionPlan.FromJson(changed).Digest != digest;
            }
            catch (ApprovalFormatException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Every_operation_of_the_catalogue_survives_the_journey()
    {
        var server = Plans.Ex03;
        var reads = typeof(ReadOperation).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(ReadOperation)) && type != typeof(ReadSmtpProbe))
            .Select(type => (ReadOperation)Activator.CreateInstance(type, type.GetConstructor([]) is null ? [server] : [])!)
            .Concat(Enum.GetValues<SmtpDoor>().Select(door => new ReadSmtpProbe(server, door)))
            .ToList();

        Assert.NotEmpty(reads);
        foreach (var read in reads)
        {
            var plan = Plans.Reset with { Preconditions = [new Condition(read, "p", ConditionOperator.Exists, "")] };
            Assert.Equal(plan.Preconditions, ExecutionPlan.FromJson(plan.CanonicalBytes()).Preconditions);
        }

        ChangeOperation[] changes =
        [
            new StartService(server, WindowsService.EdgeSync),
            new RestartService(server, WindowsService.Filtering),
            new SetComponentState(server, ComponentName.Monitoring, Requester.Maintenance, ComponentState.Inactive),
        ];
        Assert.Equal(
            typeof(ChangeOperation).Assembly.GetTypes().Count(type => !type.IsAbstract && type.IsSubclassOf(typeof(ChangeOperation))),
            changes.Length);
        Assert.Equal(changes, ExecutionPlan.FromJson((Plans.Reset with { Steps = changes }).CanonicalBytes()).Steps);
    }

    private static JsonObject Step(JsonObject json) => json["steps"]![0]!.AsObject();

    private static FormatFault Fault(byte[] bytes) => Assert.Throws<ApprovalFormatException>(() => ExecutionPlan.FromJson(bytes)).Fault;
}
