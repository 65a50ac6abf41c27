using System.Xml.Linq;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>What a real client sent, given to our server.</summary>
public sealed class RecordedClientTests
{
    private static readonly string[] RuleBreakers =
    [
        "conversations-raw/bad-create-pipeline",
        "conversations-raw/proto-3.0",
        "conversations-raw/psversion-1.0",
        "conversations-raw/serialization-1.0.0.0",
    ];

    /// <summary>All but those in which the client breaks the rules on purpose; they have tests of their own.</summary>
    public static TheoryData<string> LawAbiding => new(Recording.CarriedNames.Except(RuleBreakers));

    [Theory]
    [MemberData(nameof(LawAbiding))]
    public void The_server_understands_what_a_real_client_sent(string name) => Check(Recording.Load(name));

    [SkippableTheory]
    [MemberData(nameof(Recording.Referenced), MemberType = typeof(Recording))]
    public void The_server_understands_what_a_real_client_sent_at_length(string name) => Check(Recording.Load(name));

    [Theory]
    [InlineData("proto-3.0")]
    [InlineData("psversion-1.0")]
    [InlineData("serialization-1.0.0.0")]
    public void The_server_says_its_versions_to_a_client_of_others_and_then_nothing(string name)
    {
        var (pool, _) = Replay(Recording.Load($"conversations-raw/{name}"), Cuts.Whole);

        Assert.Equal(["VersionRefused", "Ignored InitRunspacePool"], pool);
    }

    [Fact]
    public void The_server_refuses_a_pipeline_that_says_nothing_useful()
    {
        var refused = Assert.Throws<PsrpException>(() => Replay(Recording.Load("conversations-raw/bad-create-pipeline"), Cuts.Whole));

        Assert.Equal(PsrpFault.BadBody, refused.Fault);
        Assert.Contains("PowerShell", refused.Message, StringComparison.Ordinal);
    }

    private static void Check(Recording recording)
    {
        var whole = Replay(recording, Cuts.Whole);
        Assert.Equal(Expected(recording, Guid.Empty), whole.Pool);
        Assert.Equal(
            recording.Packets.Where(packet => packet is { ToServer: true, Kind: "Data" } && packet.Pipeline != Guid.Empty)
                .Select(packet => packet.Pipeline).Distinct().Select(pipeline => Expected(recording, pipeline)),
            whole.Pipelines);

        var bytes = Replay(recording, Cuts.ByteByByte);
        Assert.Equal(whole.Pool, bytes.Pool);
        Assert.Equal(whole.Pipelines, bytes.Pipelines);
    }

    private static (List<string> Pool, List<List<string>> Pipelines) Replay(Recording recording, Func<byte[], IEnumerable<ReadOnlyMemory<byte>>> cut)
    {
        var pool = new RunspacePoolServer(new ApplicationPrivateData(new Version(5, 1)));
        var seen = new List<string>();
        var pipelines = new Dictionary<Guid, (PipelineServer Machine, List<string> Seen)>();
        foreach (var packet in recording.Packets.Where(packet => packet is { ToServer: true, Kind: "Data" }))
        {
            foreach (var part in cut(packet.Payload))
            {
                if (packet.Pipeline == Guid.Empty)
                {
                    seen.AddRange((packet.IsPrompt ? pool.ReceivePrompt(part) : pool.Receive(part)).Select(Line));
                    continue;
                }

                if (!pipelines.TryGetValue(packet.Pipeline, out var pipeline))
                    pipelines.Add(packet.Pipeline, pipeline = (pool.Accept(), []));
                pipeline.Seen.AddRange((packet.IsPrompt ? pipeline.Machine.ReceivePrompt(part) : pipeline.Machine.Receive(part)).Select(Line));
                Assert.True(pipeline.Machine.Id is null || pipeline.Machine.Id == new PipelineId(packet.Pipeline));
            }
        }

        return (seen, [.. pipelines.Values.Select(pipeline => pipeline.Seen)]);
    }

    private static string Line(PoolRequest request) => request switch
    {
        PoolRequest.Negotiated negotiated => $"Negotiated {negotiated.Client.Protocol}",
        PoolRequest.Opened opened => $"Opened {opened.Init.MinRunspaces} {opened.Init.MaxRunspaces}",
        PoolRequest.AvailabilityAsked asked => $"AvailabilityAsked {asked.Type}",
        PoolRequest.Ignored ignored => $"Ignored {ignored.Type}",
        _ => request.GetType().Name,
    };

    private static string Line(PipelineRequest request) => request switch
    {
        PipelineRequest.Run run => string.Join(" | ", run.Pipeline.Commands.Select(
            command => $"{(command.IsScript ? "script " : "")}{command.Name} {string.Join(' ', command.Parameters.Select(parameter => parameter.Name))}".TrimEnd()))
            + (run.Pipeline.NoInput ? "" : " with input"),
        PipelineRequest.Metadata metadata => $"Metadata {string.Join(',', metadata.Query.Names)}",
        PipelineRequest.InputReceived => "InputReceived",
        PipelineRequest.InputEnded => "InputEnded",
        PipelineRequest.HostAnswered answered => $"HostAnswered {answered.Response.CallId}",
        PipelineRequest.Ignored ignored => $"Ignored {ignored.Type}",
        _ => request.GetType().Name,
    };

    private static List<string> Expected(Recording recording, Guid pipeline) =>
    [
        .. recording.Packets
            .Where(packet => packet.ToServer && packet.Pipeline == pipeline)
            .SelectMany(packet => packet.Messages)
            .Select(Expected),
    ];

    private static string Expected(RecordedMessage message) => message.Type switch
    {
        "SESSION_CAPABILITY" => $"Negotiated {Property(message, "protocolversion")}",
        "INIT_RUNSPACEPOOL" => $"Opened {Property(message, "MinRunspaces")} {Property(message, "MaxRunspaces")}",
        "SET_MAX_RUNSPACES" => "AvailabilityAsked SetMaxRunspaces",
        "SET_MIN_RUNSPACES" => "AvailabilityAsked SetMinRunspaces",
        "GET_AVAILABLE_RUNSPACES" => "AvailabilityAsked GetAvailableRunspaces",
        "RESET_RUNSPACE_STATE" => "AvailabilityAsked ResetRunspaceState",
        "CREATE_PIPELINE" => Commands(message) + (Property(message, "NoInput") == "true" ? "" : " with input"),
        "GET_COMMAND_METADATA" => $"Metadata {string.Join(',', Named(message, "Name")!.Element("LST")!.Elements().Select(name => name.Value))}",
        "PIPELINE_INPUT" => "InputReceived",
        "END_OF_PIPELINE_INPUT" => "InputEnded",
        "PIPELINE_HOST_RESPONSE" => $"HostAnswered {Property(message, "ci")}",
        _ => throw new InvalidOperationException($"The recording holds {message.Type}, which the test does not know."),
    };

    private static string Commands(RecordedMessage message) => string.Join(" | ", Named(message, "PowerShell")!.Element("MS")!.Elements()
        .First(element => (string?)element.Attribute("N") == "Cmds").Element("LST")!.Elements()
        .Select(command => command.Element("MS")!)
        .Select(command =>
            ((Child(command, "IsScript")!.Value == "true" ? "script " : "")
            + Unescape(Child(command, "Cmd")!.Value) + " "
            + string.Join(' ', Child(command, "Args")!.Element("LST")!.Elements()
                .Select(argument => Child(argument.Element("MS")!, "N")!.Value.TrimStart('-').TrimEnd(':')))).TrimEnd()));

    private static XElement? Child(XElement of, string name) => of.Elements().FirstOrDefault(element => (string?)element.Attribute("N") == name);

    private static XElement? Named(RecordedMessage message, string name) => XElement.Parse(message.Body)
        .Descendants().FirstOrDefault(element => (string?)element.Attribute("N") == name);

    private static string? Property(RecordedMessage message, string name) => XElement.Parse(message.Body)
        .Descendants().FirstOrDefault(element => string.Equals((string?)element.Attribute("N"), name, StringComparison.OrdinalIgnoreCase))?.Value;

    private static string Unescape(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "_x([0-9A-F]{4})_", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
}
