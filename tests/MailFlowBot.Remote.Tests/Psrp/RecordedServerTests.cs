using System.Xml.Linq;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Psrp;

/// <summary>What a real server sent, given to our client.</summary>
public sealed class RecordedServerTests
{
    /// <summary>All but the one of protocol 2.0, which our client does not speak.</summary>
    public static TheoryData<string> Spoken => new(Recording.CarriedNames.Where(name => name != "conversations-raw/proto-2.0"));

    [Theory]
    [MemberData(nameof(Spoken))]
    public void The_client_understands_what_a_real_server_sent(string name) => Check(Recording.Load(name));

    [SkippableTheory]
    [MemberData(nameof(Recording.Referenced), MemberType = typeof(Recording))]
    public void The_client_understands_what_a_real_server_sent_at_length(string name) => Check(Recording.Load(name));

    [Fact]
    public void The_client_opens_pools_of_every_version_that_a_real_server_opened()
    {
        foreach (var version in (string[])["2.2", "2.3", "2.4", "2.5"])
            Assert.Contains("Opened", Replay(Recording.Load($"conversations-raw/proto-{version}"), Cuts.Whole).Pool);
        Assert.DoesNotContain("Opened", Replay(Recording.Load("conversations-raw/proto-3.0"), Cuts.Whole).Pool);
    }

    [Fact]
    public void The_client_refuses_a_server_older_than_it_speaks()
    {
        var refused = Assert.Throws<PsrpException>(() => Replay(Recording.Load("conversations-raw/proto-2.0"), Cuts.Whole));

        Assert.Equal(PsrpFault.VersionMismatch, refused.Fault);
        Assert.Contains("protocol 2.0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_client_tells_a_stopped_pipeline_and_keeps_its_output()
    {
        var pipelines = Replay(Recording.Load("conversations-raw/stop-signal"), Cuts.Whole).Pipelines;

        var stopped = Assert.Single(pipelines, pipeline => pipeline[^1] == "Ended Stopped PipelineStopped");
        Assert.Contains(stopped, line => line.StartsWith("OutputReceived", StringComparison.Ordinal));
    }

    [Fact]
    public void The_client_sees_no_end_when_the_server_died()
    {
        var pipelines = Replay(Recording.Load("conversations-raw/server-crash"), Cuts.Whole).Pipelines;

        Assert.All(pipelines, pipeline => Assert.DoesNotContain(pipeline, line => line.StartsWith("Ended", StringComparison.Ordinal)));
    }

    private static void Check(Recording recording)
    {
        var whole = Replay(recording, Cuts.Whole);
        Assert.Equal(Expected(recording, Guid.Empty), whole.Pool);
        Assert.Equal(
            recording.Streams.Where(stream => !stream.ToServer && stream.Pipeline != Guid.Empty).Select(stream => Expected(recording, stream.Pipeline)),
            whole.Pipelines);

        var bytes = Replay(recording, Cuts.ByteByByte);
        Assert.Equal(whole.Pool, bytes.Pool);
        Assert.Equal(whole.Pipelines, bytes.Pipelines);
    }

    private static (List<string> Pool, List<List<string>> Pipelines) Replay(Recording recording, Func<byte[], IEnumerable<ReadOnlyMemory<byte>>> cut)
    {
        var id = recording.Packets.SelectMany(packet => packet.Messages).First(message => message.Pool != Guid.Empty).Pool;
        var pool = new RunspacePoolClient(new PoolId(id));
        pool.Open();
        var seen = new List<string>();
        var pipelines = new Dictionary<Guid, (PipelineClient Machine, List<string> Seen)>();
        foreach (var packet in recording.Packets.Where(packet => packet is { ToServer: false, Kind: "Data" }))
        {
            foreach (var part in cut(packet.Payload))
            {
                if (packet.Pipeline == Guid.Empty)
                {
                    seen.AddRange(pool.Receive(part).Select(Line));
                    continue;
                }

                if (!pipelines.TryGetValue(packet.Pipeline, out var pipeline))
                {
                    pipeline = (pool.CreatePipeline(new PipelineId(packet.Pipeline), new CreatePipeline([new PsCommand("Get-X")])), []);
                    pipeline.Machine.Start();
                    pipelines.Add(packet.Pipeline, pipeline);
                }

                pipeline.Seen.AddRange(pipeline.Machine.Receive(part).Select(Line));
            }
        }

        return (seen, [.. pipelines.Values.Select(pipeline => pipeline.Seen)]);
    }

    private static string Line(PoolEvent happened) => happened switch
    {
        PoolEvent.Negotiated negotiated => $"Negotiated {negotiated.Server.Protocol}",
        PoolEvent.PrivateDataReceived about => $"PrivateDataReceived {about.PrivateData.PowerShellVersion}",
        PoolEvent.HostCallRefused call => $"HostCallRefused {call.Call.MethodName} {(call.Answer.IsEmpty ? "void" : "answered")}",
        PoolEvent.Ignored ignored => $"Ignored {ignored.Type}",
        _ => happened.GetType().Name,
    };

    private static string Line(PipelineEvent happened) => happened switch
    {
        PipelineEvent.OutputReceived output => $"OutputReceived {Canonical(output.Value)}",
        PipelineEvent.ErrorReceived error => $"ErrorReceived {error.Error.FullyQualifiedErrorId} {(int)error.Error.Category}",
        PipelineEvent.WarningReceived warning => $"WarningReceived {warning.Record.Message}",
        PipelineEvent.VerboseReceived verbose => $"VerboseReceived {verbose.Record.Message}",
        PipelineEvent.DebugReceived debug => $"DebugReceived {debug.Record.Message}",
        PipelineEvent.ProgressReceived progress => $"ProgressReceived {progress.Record.Activity} {progress.Record.PercentComplete}",
        PipelineEvent.InformationReceived information => $"InformationReceived {information.Record.Source} {string.Join(',', information.Record.Tags)}",
        PipelineEvent.HostCallRefused call => $"HostCallRefused {call.Call.MethodName} {(call.Answer.IsEmpty ? "void" : "answered")}",
        PipelineEvent.Ended ended => $"Ended {ended.State} {ended.Reason?.FullyQualifiedErrorId}".TrimEnd(),
        PipelineEvent.Ignored ignored => $"Ignored {ignored.Type}",
        _ => happened.GetType().Name,
    };

    private static List<string> Expected(Recording recording, Guid pipeline) =>
    [
        .. recording.Packets
            .Where(packet => !packet.ToServer && packet.Pipeline == pipeline)
            .SelectMany(packet => packet.Messages)
            .Select(Expected),
    ];

    /// <summary>The same line straight from the recorded XML.</summary>
    private static string Expected(RecordedMessage message) => message.Type switch
    {
        "SESSION_CAPABILITY" => $"Negotiated {Property(message, "protocolversion")}",
        "APPLICATION_PRIVATE_DATA" => $"PrivateDataReceived {Entry(message, "PSVersion")}",
        "RUNSPACEPOOL_STATE" => Property(message, "RunspaceState") switch { "2" => "Opened", "3" => "Closed", "4" => "Closing", _ => "Broken" },
        "RUNSPACE_AVAILABILITY" => "Ignored RunspaceAvailability",
        "RUNSPACEPOOL_HOST_CALL" or "PIPELINE_HOST_CALL" =>
            $"HostCallRefused {Body(message).Descendants("ToString").First().Value} {(Property(message, "ci") == "-100" ? "void" : "answered")}",
        "PIPELINE_OUTPUT" => $"OutputReceived {Canonical(ClixmlReader.Read(System.Text.Encoding.UTF8.GetBytes(message.Body)))}",
        "ERROR_RECORD" => $"ErrorReceived {Property(message, "FullyQualifiedErrorId")} {Property(message, "ErrorCategory_Category")}",
        "WARNING_RECORD" => $"WarningReceived {Property(message, "InformationalRecord_Message")}",
        "VERBOSE_RECORD" => $"VerboseReceived {Property(message, "InformationalRecord_Message")}",
        "DEBUG_RECORD" => $"DebugReceived {Property(message, "InformationalRecord_Message")}",
        "PROGRESS_RECORD" => $"ProgressReceived {Property(message, "Activity")} {Property(message, "PercentComplete")}",
        "INFORMATION_RECORD" => $"InformationReceived {Property(message, "Source")} {Tags(message)}",
        "PIPELINE_STATE" => ("Ended " + (Property(message, "PipelineState") switch { "3" => "Stopped", "4" => "Completed", _ => "Failed" })
            + " " + Property(message, "FullyQualifiedErrorId")).TrimEnd(),
        _ => throw new InvalidOperationException($"The recording holds {message.Type}, which the test does not know."),
    };

    private static XElement Body(RecordedMessage message) => XElement.Parse(message.Body);

    private static string? Property(RecordedMessage message, string name) => Body(message)
        .Descendants().FirstOrDefault(element => (string?)element.Attribute("N") == name)?.Value
        .Replace("_xD83D__xDE00_", "😀", StringComparison.Ordinal);

    private static string Entry(RecordedMessage message, string key) => Body(message)
        .Descendants("En").First(entry => entry.Element("S")!.Value == key).Elements().Last().Value;

    private static string Tags(RecordedMessage message) => string.Join(',', Body(message)
        .Descendants().First(element => (string?)element.Attribute("N") == "Tags").Element("LST")!.Elements().Select(tag => tag.Value));

    private static string Canonical(object? value) => System.Text.Encoding.UTF8.GetString(ClixmlWriter.Write(value));
}
