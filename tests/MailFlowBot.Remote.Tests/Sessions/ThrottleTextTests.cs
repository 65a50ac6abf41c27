using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Tests.Sessions;

public sealed class ThrottleTextTests
{
    [Theory]
    [InlineData("The user load quota of 1000 requests per 2 seconds is exceeded. The next request will not be approved for at least 1500 milliseconds.", 1500)]
    [InlineData("quota of 50 requests per 10 seconds used up; not approved for 12,345 milliseconds", 12345)]
    [InlineData("ユーザー負荷クォータ (2 秒あたり 1000 要求) を超えました。次の要求は少なくとも 2468 ミリ秒間承認されません。", 2468)]
    [InlineData("Das Kontingent ist überschritten; warten Sie 2.500 Millisekunden.", 2500)]
    [InlineData("La cuota se ha superado; espere 700 milisegundos", 700)]
    [InlineData("quota used up, wait 999999999999 ms", 900_000)]
    public void Reads_the_wait_in_the_language_of_the_server(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ThrottleText.Wait(text));

    [Theory]
    [InlineData("The operation timed out after 30000 milliseconds.")]
    [InlineData("The quota of 18 shells is exceeded.")]
    [InlineData("quota milliseconds")]
    [InlineData("")]
    [InlineData(null)]
    public void Finds_no_wait_where_none_is_asked_for(string? text) => Assert.Null(ThrottleText.Wait(text));

    [Fact]
    public void Believes_the_type_of_an_error_when_its_words_are_of_another_language()
    {
        var error = ErrorRecord.Of(
            ErrorCategory.LimitsExceeded, "OverBudget", "Microsoft.Exchange.Data.Directory.OverBudgetException", "Πολλά αιτήματα: 800 ms");

        Assert.Equal(TimeSpan.FromMilliseconds(800), ThrottleText.Wait(error));
    }
}
