using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;

namespace MailFlowBot.Remote.Tests.Cmdlets;

public class CommandTextTests
{
    private static readonly ServerName Ex03 = new("EX03");

    public static TheoryData<Operation, string> Lines => new()
    {
        { new ReadInventory(), "Get-ExchangeServer; Get-MailboxServer" },
        { new ReadComponentStates(Ex03), "Get-ServerComponentState -Identity EX03" },
        { new ReadServiceHealth(Ex03), "Test-ServiceHealth -Server EX03" },
        { new ReadServices(Ex03), "Get-MfbServices -Server EX03" },
        { new ReadQueues(Ex03), "Get-Queue -Server EX03" },
        { new ReadMailboxServer(Ex03), "Get-MailboxServer -Identity EX03" },
        { new ReadDatabaseCopies(Ex03), "Get-MailboxDatabaseCopyStatus -Server EX03" },
        { new ReadInstallState(Ex03), "Get-MfbInstallState -Server EX03" },
        { new ReadClusterNode(Ex03), "Get-MfbClusterNode -Server EX03" },
        {
            new ReadBackPressure(Ex03),
            "Get-ExchangeDiagnosticInfo -Server EX03 -Process EdgeTransport -Component ResourceThrottling"
        },
        { new ReadEvents(Ex03), "Get-MfbEvents -Server EX03" },
        { new ReadDisk(Ex03), "Get-MfbDisk -Server EX03" },
        { new ReadRecoveryActions(Ex03), "Get-MfbRecoveryActions -Server EX03" },
        { new ReadHealthReport(Ex03), "Get-HealthReport -Identity EX03" },
        { new ReadReceiveConnectors(Ex03), "Get-ReceiveConnector -Server EX03" },
        { new ReadSendConnectors(), "Get-SendConnector" },
        { new ReadTransportSettings(Ex03), "Get-TransportService -Identity EX03; Get-FrontendTransportService -Identity EX03" },
        {
            new ReadTransportAgents(Ex03),
            "Get-ExchangeDiagnosticInfo -Process Microsoft.Exchange.Directory.TopologyService; Get-TransportAgent -TransportService Hub; "
                + "Get-ExchangeDiagnosticInfo -Process Microsoft.Exchange.Directory.TopologyService"
        },
        { new ReadCertificates(Ex03), "Get-ExchangeCertificate -Server EX03" },
        {
            new SetComponentState(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Active),
            "Set-ServerComponentState -Identity EX03 -Component HubTransport -Requester Functional -State Active -Confirm:$false"
        },
        { new StartService(Ex03, WindowsService.Transport), "Start-MfbService -Server EX03 -Name MSExchangeTransport -Confirm:$false" },
        { new RestartService(Ex03, WindowsService.Transport), "Restart-MfbService -Server EX03 -Name MSExchangeTransport -Confirm:$false" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_operation_reads_as_the_command_it_is(Operation operation, string line) =>
        Assert.Equal(line, CommandText.Of(operation));

    [Theory]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("x; Remove-Mailbox", "'x; Remove-Mailbox'")]
    [InlineData("$env:x", "'$env:x'")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("", "''")]
    [InlineData("a\r\nb", "'a\uFFFD\uFFFDb'")]
    [InlineData("a\u202Eb", "'a\uFFFDb'")]
    [InlineData("Hub1_x.y-z", "Hub1_x.y-z")]
    public void Values_cannot_become_commands(string component, string quoted) =>
        Assert.Equal(
            $"Set-ServerComponentState -Identity EX03 -Component {quoted} -Requester Functional -State Active -Confirm:$false",
            CommandText.Of(new SetComponentState(Ex03, new ComponentName(component), Requester.Functional, ComponentState.Active)));

    [Fact]
    public void There_is_no_command_for_a_service_outside_the_list() =>
        Assert.Throws<ArgumentException>(() => CommandText.Of(new RestartService(Ex03, WindowsService.InformationStore)));

    [Fact]
    public void There_is_no_command_that_sets_an_unknown_state() =>
        Assert.Throws<ArgumentException>(() => CommandText.Of(
            new SetComponentState(Ex03, ComponentName.HubTransport, Requester.Functional, ComponentState.Unknown)));
}
