using System.Text;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Lists, Get and Identify between our client's machines and our server's.</summary>
public sealed class EnumerationTests
{
    private static readonly byte[] Payload = [1, 2, 3, 4];

    private readonly ShellOptions _options = new("http://ex01.contoso.example/PowerShell/") { Name = "MailFlowBot 7" };
    private readonly ServerAtRest _server = new(new ShellServerOptions { MaxListed = 2 });
    private readonly EnumerationClient _lists;

    public EnumerationTests() => _lists = new EnumerationClient(_options, Guid.NewGuid);

    [Fact]
    public void A_list_of_shells_comes_in_parts_and_says_what_a_reaper_must_know()
    {
        var shells = Enumerable.Range(0, 5).Select(_ => Open(out var _)).ToList();
        _server.Now += TimeSpan.FromMinutes(3);
        var list = _lists.Shells();
        var found = new List<ShellDescription>();
        var part = List(list);
        found.AddRange(part.Shells);
        for (var pulls = 0; part.Context is { } context; pulls++)
        {
            Assert.InRange(pulls, 0, 2);
            part = List(_lists.Pull(list, context));
            found.AddRange(part.Shells);
        }

        Assert.Equal(shells, found.Select(shell => shell.Id));
        Assert.All(found, shell => Assert.Equal(
            ("MailFlowBot 7", "CONTOSO\\bot", "Connected", "192.0.2.7", TimeSpan.FromMinutes(3)),
            (shell.Name, shell.Owner, shell.State, shell.ClientIp, shell.Inactivity!.Value)));
    }

    [Fact]
    public void Shells_of_other_users_are_not_listed()
    {
        Open(out _);
        _server.Caller = new ShellCaller("CONTOSO\\other");

        Assert.Empty(List(_lists.Shells()).Shells);
    }

    [Fact]
    public void The_commands_of_a_shell_are_listed_until_they_are_terminated()
    {
        var shell = Open(out var client);
        var command = new CommandId(Guid.NewGuid());
        _server.Receive(client.Command(command, Payload).Envelope);

        Assert.Equal(new CommandDescription(command, "Running"), Assert.Single(List(_lists.Commands(shell)).Commands));
        _server.Receive(client.Terminate(command).Envelope);
        Assert.Empty(List(_lists.Commands(shell)).Commands);
        Assert.Equal(FaultReaction.ShellGone, Refused(_lists.Commands(ShellId.From(Guid.NewGuid()))).Reaction);
    }

    [Fact]
    public void A_listed_shell_is_deleted_by_another_session_of_the_same_user()
    {
        Open(out var former);
        var stale = Assert.Single(List(_lists.Shells()).Shells);
        var delete = _lists.Delete(stale);

        var step = Assert.IsType<ShellStep.ShellDeleted>(_server.Receive(delete.Envelope));

        Assert.IsType<WsmanResponse.Deleted>(EnumerationClient.Accept(delete, step.Answer.Envelope));
        Assert.Empty(_server.Shells);
        Assert.Equal(FaultReaction.ShellGone, Refused(former.Receive(null)).Reaction);
    }

    [Fact]
    public void Get_tells_the_state_without_keeping_the_shell_alive()
    {
        Open(out var client);
        _server.Receive(client.Disconnect().Envelope);
        _server.Now += TimeSpan.FromMinutes(10);
        var get = client.Get();

        var said = Assert.IsType<WsmanResponse.Described>(client.Accept(get, Answer(get).Envelope)).Shell;

        Assert.True(said.IsDisconnected);
        Assert.Equal(TimeSpan.FromMinutes(10), said.Inactivity);
        _server.Now += TimeSpan.FromMinutes(10);
        Assert.Single(_server.Expire());
    }

    [Fact]
    public void Identify_has_no_headers_and_its_answer_relates_to_nothing()
    {
        var request = EnumerationClient.Identify();

        Assert.DoesNotContain("MessageID", Encoding.UTF8.GetString(request.Envelope.Span), StringComparison.Ordinal);
        var identified = Assert.IsType<WsmanResponse.Identified>(EnumerationClient.Accept(request, Answer(request).Envelope));
        Assert.Equal(("http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd", "MailFlowBot"), (identified.ProtocolVersion, identified.ProductVendor));
    }

    [Fact]
    public void Identify_of_Windows_is_read()
    {
        const string Text = """
            <s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body>
            <wsmid:IdentifyResponse xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">
            <wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</wsmid:ProtocolVersion>
            <wsmid:ProductVendor>Microsoft Corporation</wsmid:ProductVendor>
            <wsmid:ProductVersion>OS: 10.0.20348 SP: 0.0 Stack: 3.0</wsmid:ProductVersion>
            <wsmid:SecurityProfiles><wsmid:SecurityProfileName>http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/spnego-kerberos</wsmid:SecurityProfileName></wsmid:SecurityProfiles>
            </wsmid:IdentifyResponse></s:Body></s:Envelope>
            """;

        var identified = Assert.IsType<WsmanResponse.Identified>(EnumerationClient.Accept(EnumerationClient.Identify(), Encoding.UTF8.GetBytes(Text)));

        Assert.Equal("OS: 10.0.20348 SP: 0.0 Stack: 3.0", identified.ProductVersion);
        Assert.EndsWith("spnego-kerberos", Assert.Single(identified.SecurityProfiles), StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_is_none_and_a_resource_that_is_none_are_faults()
    {
        Assert.Equal(WsmanFaultCode.EnumerationClosed, Refused(_lists.Pull(_lists.Shells(), "what")).Code);
        Assert.Equal(FaultReaction.Configuration, Refused(PendingRequest.For(new WsmanRequest.Enumerate(
            _lists.Shells().Request.Header with { ResourceUri = "http://contoso.example/none" }, null, 5))).Reaction);
    }

    private ShellId Open(out ShellClient client)
    {
        client = new ShellClient(_options, Guid.NewGuid);
        var create = client.Create(Guid.NewGuid(), Payload);
        var step = Assert.IsType<ShellStep.ShellRequested>(_server.Receive(create.Envelope));
        client.Accept(create, step.Answer.Envelope);
        return step.Shell;
    }

    private WsmanAnswer Answer(PendingRequest request) => Assert.IsType<ShellStep.Answered>(_server.Receive(request.Envelope)).Answer;

    private WsmanResponse.Enumerated List(PendingRequest request) =>
        Assert.IsType<WsmanResponse.Enumerated>(EnumerationClient.Accept(request, Answer(request).Envelope));

    private WsmanFault Refused(PendingRequest request) =>
        Assert.IsType<WsmanResponse.Faulted>(EnumerationClient.Accept(request, Answer(request).Envelope)).Fault;
}
