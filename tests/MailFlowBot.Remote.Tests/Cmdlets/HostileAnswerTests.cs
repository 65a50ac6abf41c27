using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

/// <summary>Whatever objects come, the outcome is a fact or a reason, and never a better state than what was written.</summary>
public class HostileAnswerTests
{
    private static readonly ServerName Ex01 = new("EX01");

    private static readonly string[] Names =
    [
        "ServerFqdn", "Identity", "Name", "Server", "MailboxServer", "PSComputerName", "Component", "State", "ServerWideOfflineIsOffline",
        "LocalStates", "RemoteStates", "Role", "RequiredServicesRunning", "ServicesRunning", "MessageCount", "Velocity", "LastError",
        "DatabaseAvailabilityGroup", "DatabaseCopyAutoActivationPolicy", "DatabaseCopyActivationDisabledAndMoveNow", "AdminDisplayVersion",
        "Site", "ServerRole", "Status", "StartType", "SetupRunning", "Watermark", "SetupBuild", "Result", "Since", "Cut", "Log", "Source", "Id",
        "At", "Text", "Path", "FreeBytes", "TotalBytes", "Holds", "Action", "Target", "HealthSet", "AlertValue", "LastTransitionTime", "Bindings",
        "TransportRole", "Enabled", "AddressSpaces", "SmartHosts", "Port", "ExternalDNSServers", "AssemblyPath", "Priority", "RawData",
        "Thumbprint", "Services", "NotAfter", "CertificateDomains",
    ];

    private static readonly Gen<object?> Value = Gen.OneOf(
        Gen.Elements<object?>(
            null, "", "EX01", "EX01.corp.example", "EX01\\Submission", "\\", ".", "Active", "Inactive", "Paused", true, false, -1, 0, 5,
            long.MinValue, double.NaN, double.PositiveInfinity, 'x', Guid.Empty, new byte[3], new PsList(), new PsDictionary(),
            "Requestor:Functional; State:Inactive; Timestamp:9/28/2021 5:32:01 PM", "HubTransport", "ServerWideOffline",
            DateTime.MaxValue, DateTimeOffset.MinValue, new Version(15, 2), "0.0.0.0:25", "IMAP, SMTP", "EX01\\Default EX01",
            "<Diagnostics><ProcessInfo><serverName>EX01</serverName></ProcessInfo><ResourceMeter Resource=\"A[b]\" /></Diagnostics>"),
        ArbMap.Default.GeneratorFor<string>().Select(text => (object?)text),
        Gen.Elements<object?>("EX01", "Functional", 7, null).ArrayOf().Select(items => (object?)new PsList(items)),
        ArbMap.Default.GeneratorFor<string>().Select(text => (object?)new PsObject
        {
            Text = text,
            BaseValue = text,
            Adapted = { ["Requester"] = text, ["State"] = text, ["Timestamp"] = DateTime.UtcNow },
        }));

    private static readonly Gen<object?> Thing =
        (from name in Gen.Elements(Names) from value in Value select (Name: name, Value: value)).ArrayOf().Select(properties =>
        {
            var from = new PsObject { Adapted = { ["ServerFqdn"] = "EX01", ["Server"] = "EX01", ["Name"] = "EX01" } };
            foreach (var (name, value) in properties)
                from.Extended[name] = value;
            return (object?)from;
        });

    public static TheoryData<ReadOperation> Reads => ReadCmdletTests.Reads;

    [Theory]
    [MemberData(nameof(Reads))]
    public void Any_objects_give_a_fact_or_a_reason(ReadOperation read)
    {
        var cmdlet = ReadCmdlet.For(read);

        Prop.ForAll(Thing.ArrayOf().ToArbitrary(), objects =>
        {
            var answer = cmdlet.Answer(new Outputs([.. cmdlet.Commands.Select(_ => (IReadOnlyList<object?>)objects)]));
            return answer is CmdletAnswer.Found or CmdletAnswer.Nothing { Detail.Length: > 0 };
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_component_is_active_only_where_the_server_wrote_so() => Prop.ForAll(Thing.ArrayOf().ToArbitrary(), objects =>
    {
        if (new ComponentStatesCmdlet(Ex01).Answer(new Outputs([objects])) is not CmdletAnswer.Found { Fact: ComponentStatesFact fact })
            return true;
        var written = objects.OfType<PsObject>().Select(from => Remote.Cmdlets.Property.Text(from, "State")).ToList();
        return fact.Components.Zip(written).All(pair =>
            pair.First.State != ComponentState.Active || string.Equals(pair.Second, "Active", StringComparison.OrdinalIgnoreCase));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_of_an_entry_is_an_entry() => Prop.ForAll(ArbMap.Default.GeneratorFor<string>().ToArbitrary(), text =>
        RequesterEntries.Read([text, $"Requestor:{text}; State:Active; Timestamp:{text}"]).Count == 2).QuickCheckThrowOnFailure();

    [Fact]
    public void A_very_long_entry_is_read_quickly_and_cut()
    {
        var entry = Assert.Single(RequesterEntries.Read(["Requestor:" + new string(';', 1_000_000)]));

        Assert.Equal(Requester.NotTold, entry.Requester);
        Assert.True(entry.TimestampText.Length <= 1024);
    }
}
