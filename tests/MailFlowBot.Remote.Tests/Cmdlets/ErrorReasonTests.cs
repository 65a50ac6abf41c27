using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Tests.Cmdlets;

public class ErrorReasonTests
{
    private static ErrorRecord Error(string id, ErrorCategory category, string message = "text") =>
        ErrorRecord.Of(category, id, "System.Exception", message);

    [Theory]
    [InlineData("CommandNotFoundException", 13, NotSeenReason.MissingRight)]
    [InlineData("NamedParameterNotFound,Get-Queue", 5, NotSeenReason.MissingRight)]
    [InlineData("ParameterArgumentValidationError,Get-MfbServices", 6, NotSeenReason.MissingRight)]
    [InlineData("Whatever", 18, NotSeenReason.MissingRight)]
    [InlineData("[Server=EX01] [FailureCategory=Cmdlet-ManagementObjectNotFoundException] 8D3F0E51,Get-ExchangeServer", 6, NotSeenReason.Failed)]
    [InlineData("MissingMandatoryParameter,Get-ServerComponentState", 5, NotSeenReason.Failed)]
    [InlineData("", 0, NotSeenReason.Failed)]
    public void Is_decided_on_id_and_category(string id, int category, NotSeenReason expected) =>
        Assert.Equal(expected, ErrorReason.Of(Error(id, (ErrorCategory)category)));

    [Fact]
    public void A_long_message_is_shown_on_one_line_and_cut()
    {
        var detail = ErrorReason.Detail(Error("Id", ErrorCategory.NotSpecified, "first\r\nsecond " + new string('x', 5000)));

        Assert.StartsWith("first second x", detail, StringComparison.Ordinal);
        Assert.True(detail.Length < 410);
    }

    [Fact]
    public void An_error_without_a_message_shows_its_id() =>
        Assert.Equal("Id", ErrorReason.Detail(Error("Id", ErrorCategory.NotSpecified, "")));
}
