using System.Text.Json.Nodes;
using MailFlowBot.Channels;
using MailFlowBot.Channels.Web;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Channels.Web;

public sealed class WebChannelTests
{
    private static readonly Conversation Thread = new("web", "t1");
    private readonly WebChannel _channel = new(TimeProvider.System);

    [Fact]
    public async Task Shows_the_card_as_it_was_when_it_was_posted()
    {
        var card = new JsonObject { ["body"] = "first" };
        await _channel.PostCardAsync(Thread, card, "s", CancellationToken.None);
        card["body"] = "changed by its owner later";
        Assert.Equal("first", Assert.Single(Posts()).Card!.Value.GetProperty("body").GetString());
    }

    [Fact]
    public async Task An_edit_keeps_the_place_of_the_card()
    {
        var id = await _channel.PostCardAsync(Thread, new JsonObject(), "one", CancellationToken.None);
        await _channel.ReplyAsync(Thread, "two", [], CancellationToken.None);
        await _channel.UpdateCardAsync(Thread, id, new JsonObject(), "one again", CancellationToken.None);
        Assert.Equal(["one again", "two"], Posts().Select(post => post.Text));
    }

    [Fact]
    public async Task An_edit_of_a_card_from_before_the_restart_shows_it_again()
    {
        await _channel.UpdateCardAsync(Thread, "old", new JsonObject(), "held", CancellationToken.None);
        var post = Assert.Single(Posts());
        Assert.Equal(("old", "t1", "held"), (post.Id, post.Thread, post.Text));
        Assert.NotNull(_channel.Say(null, "t1", Cast.Alice, "thanks"));
    }

    [Fact]
    public void Drops_the_oldest_posts_and_says_which()
    {
        using var watch = _channel.Watch()!;
        for (var n = 0; n <= WebLimits.Posts; n++)
        {
            _channel.Say($"m{n}", null, Cast.Alice, "x");
            Assert.True(watch.Changes.TryRead(out var change));
            Assert.Equal(n == WebLimits.Posts ? ["m0"] : [], change.Dropped);
        }

        Assert.Equal(WebLimits.Posts, Posts().Count);
        Assert.Equal("m1", Posts()[0].Id);
    }

    [Fact]
    public void Shows_the_head_of_a_long_text_and_says_how_much_is_missing()
    {
        var text = new string('x', WebLimits.ShownText - 1) + "😀 and more";
        var post = _channel.Say(null, null, Cast.Alice, text)!.Value.Post;
        Assert.Equal(WebLimits.ShownText - 1, post.Text.Length);
        Assert.Equal(text.Length - post.Text.Length, post.CutLength);
    }

    [Fact]
    public void All_texts_together_stay_within_their_cap()
    {
        for (var n = 0; n < 100; n++)
            _channel.Say(null, null, Cast.Alice, new string('x', WebLimits.ShownText));
        Assert.Equal(WebLimits.PostsLength / WebLimits.ShownText, Posts().Count);
    }

    [Fact]
    public async Task Cuts_off_a_window_that_does_not_read_and_goes_on_for_the_others()
    {
        using var slow = _channel.Watch()!;
        for (var n = 0; n <= WebLimits.WaitingChanges; n++)
            _channel.Say(null, null, Cast.Alice, "x");
        var read = 0;
        await foreach (var _ in slow.Changes.ReadAllAsync())
            read++;
        Assert.Equal(WebLimits.WaitingChanges, read);
        Assert.Equal(WebLimits.WaitingChanges + 1, Posts().Count);
    }

    [Fact]
    public async Task Refuses_a_card_that_Teams_would_refuse()
    {
        var card = new JsonObject { ["x"] = new string('x', WebLimits.CardLength) };
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _channel.PostCardAsync(Thread, card, "s", CancellationToken.None));
        Assert.Contains("262144", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Posts());
    }

    private IReadOnlyList<Post> Posts()
    {
        using var watch = _channel.Watch()!;
        return watch.Snapshot.Posts;
    }
}
