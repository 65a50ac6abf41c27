using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using static MailFlowBot.Skills.Tests.Organization;

namespace MailFlowBot.Skills.Tests.Diagnosis;

public class QueueErrorsTests
{
    [Theory]
    [InlineData(null, "None")]
    [InlineData("  ", "None")]
    [InlineData("451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry", "Dns")]
    [InlineData("451 4.4.0 DNS query failed with error NonExistentDomain", "Dns")]
    [InlineData("451 4.7.0 Temporary server error. Please try again later. PRX2", "Dns")]
    [InlineData("[{LED=441 4.4.1 Error encountered while communicating with primary target IP address: \"Failed to connect. Winsock error code: 10060\"}]", "Connection")]
    [InlineData("421 4.4.2 Connection dropped due to SocketError", "Connection")]
    [InlineData("451 4.4.0 Primary target IP address responded with: \"451 5.7.3 Cannot achieve Exchange Server authentication.\"", "Authentication")]
    [InlineData("451 4.4.0 Primary target IP address responded with: \"454 4.7.0 Temporary authentication failure.\"", "Authentication")]
    [InlineData("451 5.7.3 STARTTLS is required to send mail", "Tls")]
    [InlineData("454 4.7.0 TLS negotiation failed with error UnknownCredentials", "Tls")]
    [InlineData("432 4.3.2 STOREDRV.Deliver; dynamic mailbox database throttling limit exceeded", "Store")]
    [InlineData("431 4.3.1 STOREDRV; mailbox disk is full", "StoreDisk")]
    [InlineData("452 4.3.1 Insufficient system resources", "BackPressure")]
    [InlineData("421 4.3.2 Service not active", "ComponentInactive")]
    [InlineData("550 5.1.1 User unknown", "Refused")]
    [InlineData("何かが失敗しました", "Other")]
    public void The_narrowest_wording_of_a_last_error_decides(string? lastError, string fault) =>
        Assert.Equal(fault, QueueErrors.Fault(lastError).ToString());

    [Fact]
    public void What_stands_far_behind_in_a_last_error_is_not_read() =>
        Assert.Equal(QueueFault.Other, QueueErrors.Fault(new string('x', 5000) + " DNS query failed"));

    [Theory]
    [InlineData("DnsConnectorDelivery", "Retry", 3, true)]
    [InlineData("DnsConnectorDelivery", "Retry", 0, false)]
    [InlineData("DnsConnectorDelivery", "Active", 3, false)]
    [InlineData("DnsConnectorDelivery", "Suspended", 3, false)]
    [InlineData("ShadowRedundancy", "Retry", 3, false)]
    public void Only_queues_in_retry_that_hold_messages_wait(string deliveryType, string status, int messages, bool waits)
    {
        var read = new ReadQueues(Ex03);
        var readings = Readings.Empty.With(SeenAt(read, new QueuesFact(
            Ex03, [new QueueReading(@"EX03\7", deliveryType, status, "fabrikam.example", messages, 0, "451 4.4.0 DNS query failed")])));

        Assert.Equal(waits ? 1 : 0, readings.Waiting(Ex03).Count);
    }
}
