namespace MailFlowBot.Tests.Architecture;

/// <summary>
/// A machine is a function of its input and of the time it is told: it waits for nothing, asks no clock, opens nothing, logs nothing and
/// makes nothing up.
/// </summary>
public sealed class MachineTests
{
    private static readonly string[] MachineNamespaces =
    [
        "MailFlowBot.Remote.Catalogue",
        "MailFlowBot.Remote.Clixml",
        "MailFlowBot.Remote.Psrp",
        "MailFlowBot.Remote.Wsman",
        "MailFlowBot.Remote.Cmdlets",
        "MailFlowBot.Remote.Smtp",
        "MailFlowBot.Remote.Approvals",
        "MailFlowBot.Skills",
        "MailFlowBot.Cards",
        "MailFlowBot.Wording",
        "MailFlowBot.Access",
    ];

    /// <summary>Machines in namespaces that also hold ports and use cases.</summary>
    private static readonly string[] MachineTypes =
    [
        "MailFlowBot.Approvals.ApprovalRequest",
        "MailFlowBot.Approvals.ApprovalRules",
        "MailFlowBot.Conversing.Intent",
        "MailFlowBot.Conversing.Interpreter",
        "MailFlowBot.Diagnosing.Statements",
        "MailFlowBot.Incidents.EventChain",
        "MailFlowBot.Incidents.Incident",
        "MailFlowBot.Incidents.IncidentEvent",
        "MailFlowBot.Incidents.Redaction",
        "MailFlowBot.Incidents.RedactionAddresses",
        "MailFlowBot.Incidents.RedactionDialogue",
        "MailFlowBot.Incidents.RedactionHeaders",
        "MailFlowBot.Incidents.RedactionHosts",
        "MailFlowBot.Incidents.RedactionKeys",
        "MailFlowBot.Incidents.RedactionTokens",
        "MailFlowBot.Remote.Agent.Drift",
        "MailFlowBot.Remote.Agent.JournalState",
        "MailFlowBot.Transcripts.HtmlTranscript",
        "MailFlowBot.Transcripts.JsonTranscript",
        "MailFlowBot.Transcripts.MarkdownTranscript",
        "MailFlowBot.Transcripts.Transcript",
        "MailFlowBot.Transcripts.VerifyTranscript",
    ];

    /// <summary>Types by the beginning of their full name, and members in full.</summary>
    private static readonly string[] Impure =
    [
        "System.Threading.Tasks.",
        "System.Threading.CancellationToken",
        "System.Threading.Channels.",
        "System.Threading.Monitor",
        "System.Threading.PeriodicTimer",
        "System.Threading.SemaphoreSlim",
        "System.Threading.Thread",
        "System.Threading.Timer",
        "System.TimeProvider",
        "System.Diagnostics.Activity",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.DateTime.get_Now",
        "System.DateTime.get_Today",
        "System.DateTime.get_UtcNow",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow",
        "System.Environment.",
        "System.Guid.NewGuid",
        "System.Random",
        "System.Security.Cryptography.RandomNumberGenerator",
        "System.Console",
        "System.IO.Directory",
        "System.IO.File",
        "System.Net.Dns",
        "System.Net.Http.",
        "System.Net.Sockets.Socket",
        "System.Net.Sockets.TcpClient",
        "System.Net.Sockets.UdpClient",
        "Microsoft.AspNetCore.",
        "Microsoft.Data.",
        "Microsoft.Extensions.",
        "Polly.",
    ];

    /// <summary>What stands among machines and is none itself, with what it does: the value it makes is handed to the machines.</summary>
    private static readonly string[] Makers =
    [
        "MailFlowBot.Remote.Approvals.ApprovalKey reads or makes a key: System.IO.File",
        "MailFlowBot.Remote.Approvals.BootEpoch is made once per start: System.Security.Cryptography.RandomNumberGenerator",
        "MailFlowBot.Remote.Approvals.Nonce is made once per plan: System.Security.Cryptography.RandomNumberGenerator",
        "MailFlowBot.Remote.Psrp.PoolKeys are made once per pool: System.Security.Cryptography.RandomNumberGenerator",
    ];

    /// <summary>Every iterator asks this to see whether it may enumerate itself; the compiler writes it.</summary>
    private const string Iterator = "System.Environment.get_CurrentManagedThreadId";

    public static TheoryData<string> Namespaces => [.. MachineNamespaces];

    public static TheoryData<string> Types => [.. MachineTypes];

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void Nothing_in_a_namespace_of_machines_waits_or_asks_a_clock(string machines)
    {
        var impure = House.Types.Where(type => Below(type.Name.Namespace, machines)).Select(type => type.Name.ToString())
            .Except(Makers.Select(maker => maker.Split(' ')[0]))
            .SelectMany(type => ImpurityOf(type).Select(mention => $"{type}: {mention}"));

        Assert.Empty(impure);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_machine_among_ports_waits_for_nothing_and_asks_no_clock(string machine) => Assert.Empty(ImpurityOf(machine));

    [Fact]
    public void Every_namespace_of_machines_exists() =>
        Assert.All(MachineNamespaces, machine => Assert.Contains(House.Types, type => Below(type.Name.Namespace, machine)));

    [Fact]
    public void What_makes_keys_and_nonces_does_that_and_nothing_else_impure()
    {
        foreach (var maker in Makers)
        {
            var (name, allowed) = (maker.Split(' ')[0], maker.Split(": ")[1]);

            var impurity = ImpurityOf(name);

            Assert.NotEmpty(impurity);
            Assert.All(impurity, mention => Assert.StartsWith(allowed, mention, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("MailFlowBot.Remote.Sessions.RemoteSession", "System.Threading.Tasks.Task")]
    [InlineData("MailFlowBot.Incidents.IncidentLog", "System.TimeProvider.GetUtcNow")]
    [InlineData("MailFlowBot.Settings.SettingsReader", "System.Environment.GetFolderPath")]
    public void Impurity_is_seen_where_it_is_known_to_be(string rim, string mention) => Assert.Contains(mention, ImpurityOf(rim));

    private static IReadOnlyList<string> ImpurityOf(string type) =>
    [
        .. House.Named(type).Mentions.Where(mention =>
            mention != Iterator && Impure.Any(impure => mention.StartsWith(impure, StringComparison.Ordinal))),
    ];

    private static bool Below(string name, string folder) => name == folder || name.StartsWith(folder + ".", StringComparison.Ordinal);
}
