using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Wsman;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Envelopes of real WinRM hosts, read by our client's half, and of another client, read by our server's half.</summary>
public sealed class CapturedEnvelopesTests
{
    public static TheoryData<string> Captures => new(Exchanges.CaptureNames);

    /// <summary>
    /// Captures of runspace pools, which carry PSRP; the others are of the command shell, and one holds a request that its host
    /// refused.
    /// </summary>
    public static TheoryData<string> PoolCaptures => new(Exchanges.CaptureNames.Where(
        name => name.StartsWith("psrp_", StringComparison.Ordinal) && name != "psrp_is_alive_other_wsman_error"));

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Every_captured_answer_is_read_as_what_it_is(string name)
    {
        foreach (var exchange in Exchanges.Of(Exchanges.Capture(name)).Where(exchange => exchange.Response.Length > 0))
        {
            var envelope = XElement.Parse(exchange.Response);
            var response = ResponseReader.Read(Encoding.UTF8.GetBytes(exchange.Response));

            Assert.Equal(Header(envelope, "MessageID"), response.MessageId.Value);
            Assert.Equal(Header(envelope, "RelatesTo"), response.RelatesTo?.Value);
            var action = Header(envelope, "Action")!;
            Assert.Equal(
                action[(action.LastIndexOf('/') + 1)..],
                response switch
                {
                    WsmanResponse.Created => "CreateResponse",
                    WsmanResponse.CommandAccepted => "CommandResponse",
                    WsmanResponse.Received => "ReceiveResponse",
                    WsmanResponse.Sent => "SendResponse",
                    WsmanResponse.Signalled => "SignalResponse",
                    WsmanResponse.Deleted => "DeleteResponse",
                    WsmanResponse.Disconnected => "DisconnectResponse",
                    WsmanResponse.Reconnected => "ReconnectResponse",
                    WsmanResponse.Connected => "ConnectResponse",
                    WsmanResponse.Described => "GetResponse",
                    WsmanResponse.Enumerated => "EnumerateResponse",
                    WsmanResponse.Faulted => "fault",
                    WsmanResponse.Other other => other.Action[(other.Action.LastIndexOf('/') + 1)..],
                    _ => throw new InvalidOperationException("An unknown kind of answer."),
                });
            if (response is WsmanResponse.Described described)
            {
                Assert.Equal(Descendant(envelope, "Owner"), described.Shell.Owner);
                Assert.Equal(Descendant(envelope, "State"), described.Shell.State);
            }
            else if (response is WsmanResponse.Enumerated list)
            {
                Assert.Equal(
                    envelope.Descendants().Where(element => element.Name.LocalName is "ShellId" or "CommandId").Select(element => element.Value),
                    list.Shells.Select(shell => shell.Id.Value).Concat(list.Commands.Select(command => command.Id.ToString())));
                Assert.All(list.Shells, shell => Assert.True(shell.IsDisconnected));
                Assert.Null(list.Context);
            }
            else if (response is WsmanResponse.Created created)
            {
                Assert.Equal(Descendant(envelope, "Selector"), created.Shell.Id.Value);
                Assert.Equal(Descendant(envelope, "Owner"), created.Shell.Owner);
                Assert.Equal(Descendant(envelope, "IdleTimeOut") is { } idle ? XmlConvert.ToTimeSpan(idle) : null, created.Shell.IdleTimeOut);
            }
            else if (response is WsmanResponse.Received received)
            {
                Assert.Equal(
                    envelope.Descendants().Where(element => element.Name.LocalName == "Stream").Select(element => element.Value),
                    received.Blocks.Select(block => Convert.ToBase64String(block.Content.Span)));
                Assert.Equal(envelope.Descendants().Any(element => element.Name.LocalName == "CommandState"), received.State is not null);
            }
            else if (response is WsmanResponse.Faulted faulted)
            {
                var code = envelope.Descendants().First(element => element.Name.LocalName == "WSManFault").Attribute("Code")!.Value;
                Assert.Equal(code, faulted.Fault.RawCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Assert.NotEqual(WsmanFaultCode.None, faulted.Fault.Code);
                Assert.NotEmpty(faulted.Fault.Text);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Captures))]
    public void Every_captured_request_is_read_as_what_it_is(string name)
    {
        foreach (var exchange in Exchanges.Of(Exchanges.Capture(name)).Where(exchange => exchange.Request.Length > 0))
        {
            var envelope = XElement.Parse(exchange.Request);
            WsmanRequest request;
            try
            {
                request = RequestReader.Read(Encoding.UTF8.GetBytes(exchange.Request));
            }
            catch (WsmanException e) when (Header(envelope, "ResourceURI")!.EndsWith("/cmd", StringComparison.Ordinal))
            {
                // Commands of the command shell carry text where a runspace pool has fragments.
                Assert.Contains(e.Fault, (EnvelopeFault[])[EnvelopeFault.BadBase64, EnvelopeFault.BadArguments, EnvelopeFault.BadElement]);
                continue;
            }
            catch (WsmanException)
            {
                // What we refuse, the real host refused as well.
                Assert.Contains("2150858767", exchange.Response, StringComparison.Ordinal);
                continue;
            }

            Assert.Equal(Header(envelope, "MessageID"), request.Header.MessageId.Value);
            Assert.Equal(Header(envelope, "ResourceURI"), request.Header.ResourceUri);
            Assert.Equal(Header(envelope, "MaxEnvelopeSize"), request.Header.MaxEnvelopeSize.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(Header(envelope, "SessionId"), "uuid:" + request.Header.SessionId?.ToString("D").ToUpperInvariant());
            var action = Header(envelope, "Action")!;
            Assert.Equal(
                action[(action.LastIndexOf('/') + 1)..],
                request is WsmanRequest.Other other ? other.Action[(other.Action.LastIndexOf('/') + 1)..] : request.GetType().Name);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(PoolCaptures))]
    public void The_payloads_of_captured_envelopes_become_the_captured_messages(string name)
    {
        var capture = Exchanges.Capture(name);
        var streams = new Dictionary<(bool ToServer, ShellId? Shell, Guid? Command, string Stream), Defragmenter>();
        var messages = new List<(bool ToServer, PsrpMessage Message)>();
        foreach (var exchange in Exchanges.Of(capture).Where(exchange => exchange.Request.Length > 0))
        {
            var request = RequestReader.Read(Encoding.UTF8.GetBytes(exchange.Request));

            // A client that takes a shell over counts its objects anew.
            if (request is WsmanRequest.Connect { ConnectXml.IsEmpty: false })
                streams.Remove((true, request.Header.Shell, null, "stdin"));
            foreach (var (shell, command, stream, bytes) in Payloads(request))
                Feed(true, shell, command, stream, bytes);
            if (exchange.Response.Length == 0)
                continue;
            switch (ResponseReader.Read(Encoding.UTF8.GetBytes(exchange.Response)))
            {
                case WsmanResponse.Received received:
                    foreach (var block in received.Blocks)
                        Feed(false, request.Header.Shell, block.Command?.Value, block.Name, block.Content);
                    break;
                case WsmanResponse.Connected connected:
                    Feed(false, request.Header.Shell, null, "stdout", connected.ConnectResponseXml);
                    break;
                default:
                    break;
            }
        }

        var expected = capture.GetProperty("psrp_messages").EnumerateArray().ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(
            expected.Where(message => message.GetProperty("direction").GetString() == "client").Select(Line),
            messages.Where(entry => entry.ToServer).Select(entry => Line(entry.Message)));
        Assert.Equal(
            expected.Where(message => message.GetProperty("direction").GetString() == "server").Select(Line),
            messages.Where(entry => !entry.ToServer).Select(entry => Line(entry.Message)));

        void Feed(bool toServer, ShellId? shell, Guid? command, string stream, ReadOnlyMemory<byte> bytes)
        {
            var key = (toServer, shell, command, stream);
            if (!streams.TryGetValue(key, out var defragmenter))
                streams.Add(key, defragmenter = new Defragmenter(PsrpLimits.Default));
            foreach (var whole in defragmenter.Receive(bytes.Span))
                messages.Add((toServer, PsrpMessage.Read(whole)));
        }
    }

    [SkippableFact]
    public void A_fault_of_a_shell_that_is_gone_is_told_from_other_faults()
    {
        var gone = Faults("psrp_is_alive_invalid_selectors");
        Assert.Contains(gone, fault => fault is { Code: WsmanFaultCode.InvalidSelectors, Subcode: "InvalidSelectors", IsShellGone: true });
        Assert.Contains(Faults("psrp_is_alive_other_wsman_error"), fault => fault is { Code: WsmanFaultCode.InvalidHeader, IsShellGone: false });
        Assert.All(Faults("psrp_long_running_cmdlet"), fault => Assert.True(fault.IsTimeout));
        Assert.Contains(Faults("winrs_fail_poll_process"), fault => fault is { Code: WsmanFaultCode.InvalidParameter, Text: "The parameter is incorrect." });
    }

    [SkippableTheory]
    [InlineData("open_shell_v1", "uuid:739990FF-1492-4CDD-80BB-6E07ADB06D85")]
    [InlineData("open_shell_v2", null)]
    public void Answers_of_old_servers_name_their_shell(string name, string? shell)
    {
        var created = Assert.IsType<WsmanResponse.Created>(ResponseReader.Read(File.ReadAllBytes(References.Path($"data/psrp/captures/soap/{name}.xml"))));

        Assert.NotEmpty(created.Shell.Id.Value);
        if (shell is not null)
            Assert.Equal(shell, created.Shell.Id.Value);
    }

    [SkippableTheory]
    [InlineData("soap_fault_v1")]
    [InlineData("soap_fault_v2")]
    public void A_nested_fault_is_explained_by_its_innermost_message(string name)
    {
        var faulted = Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(File.ReadAllBytes(References.Path($"data/psrp/captures/soap/{name}.xml"))));

        Assert.Equal(2150858778u, faulted.Fault.RawCode);
        Assert.Equal("CannotProcessFilter", faulted.Fault.Subcode);
        Assert.Equal("The specified class does not exist in the given namespace.", faulted.Fault.Text);
    }

    private static List<WsmanFault> Faults(string name) =>
    [
        .. Exchanges.Of(Exchanges.Capture(name))
            .Where(exchange => exchange.Response.Length > 0)
            .Select(exchange => ResponseReader.Read(Encoding.UTF8.GetBytes(exchange.Response)))
            .OfType<WsmanResponse.Faulted>()
            .Select(faulted => faulted.Fault),
    ];

    private static IEnumerable<(ShellId? Shell, Guid? Command, string Stream, ReadOnlyMemory<byte> Bytes)> Payloads(WsmanRequest request) => request switch
    {
        WsmanRequest.Create create => [(create.Shell, null, "stdin", create.CreationXml)],
        WsmanRequest.Command command => [(request.Header.Shell, command.Id.Value, "stdin", command.Arguments)],
        WsmanRequest.Connect connect => [(request.Header.Shell, null, "stdin", connect.ConnectXml)],
        WsmanRequest.Send send => [(request.Header.Shell, send.CommandId?.Value, send.Stream, send.Content)],
        _ => [],
    };

    private static string Line(JsonElement message) =>
        $"{message.GetProperty("destination").GetInt32()} {message.GetProperty("type_id").GetUInt32():X8} {message.GetProperty("rpid").GetString()} "
        + $"{message.GetProperty("pid").GetString()} {message.GetProperty("clixml").GetString()}";

    private static string Line(PsrpMessage message) =>
        $"{(int)message.Destination} {(uint)message.Type:X8} {message.Pool} {message.Pipeline} {Encoding.UTF8.GetString(message.Body.Span).TrimStart('\uFEFF')}";

    private static string? Header(XElement envelope, string name) => envelope.Elements().First(element => element.Name.LocalName == "Header")
        .Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string? Descendant(XElement envelope, string name) =>
        envelope.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
}
