using MailFlowBot.Cards;

namespace MailFlowBot.Tests.Cards;

public sealed class CardTextTests
{
    [Theory]
    [InlineData("![x](http://h/i.png)", @"\!\[x\]\(http\:\/\/h\/i\.png\)")]
    [InlineData("{{DATE(2020-01-01T00:00:00Z)}}", @"\{\{DATE\(2020\-01\-01T00\:00\:00Z\)\}\}")]
    [InlineData("<at>everyone</at>", @"\<at\>everyone\<\/at\>")]
    [InlineData(@"\\EX01\logs", @"\\\\EX01\\logs")]
    [InlineData("1. x", @"1\. x")]
    [InlineData("状態は Inactive です", "状態は Inactive です")]
    public void Every_ASCII_punctuation_mark_is_made_inert(string text, string escaped) => Assert.Equal(escaped, CardText.Escape(text));

    [Fact]
    public void Characters_that_turn_a_line_around_are_dropped() =>
        Assert.Equal("EX03 is active", CardText.Clean("EX03\u202E is\u200B \u2066active\u2069\u0007"));

    [Fact]
    public void A_long_text_is_cut_and_says_by_how_much()
    {
        var shown = CardText.Shorten(new string('x', 700), 600);
        Assert.Equal(new string('x', 600) + "…(+100)", shown);
    }

    [Fact]
    public void A_cut_never_splits_a_character() => Assert.Equal("ab…(+2)", CardText.Shorten("ab😀", 3));
}
