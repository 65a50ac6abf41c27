using System.Net;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Channels.Web;

public sealed class MessageEndpointTests
{
    [Fact]
    public async Task A_message_outside_a_thread_starts_one_and_a_reply_stays_in_it()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);

        using var first = await browser.SayAsync("alice", "mail is stuck\n412 4.3.2", language: "ja");
        var thread = (await PlaygroundBrowser.JsonAsync(first)).GetProperty("thread").GetString()!;
        using var reply = await browser.SayAsync("bob", "status", thread);
        using var other = await browser.SayAsync("alice", "check EX01");

        var messages = playground.Messages.ToArray();
        Assert.Equal(3, messages.Length);
        Assert.Equal(new Conversation("web", thread), messages[0].Conversation);
        Assert.Equal(Cast.Alice, messages[0].From);
        Assert.Equal("mail is stuck\n412 4.3.2", messages[0].Text);
        Assert.Equal("ja", messages[0].Language);
        Assert.True(messages[1].Conversation.SameThread(messages[0].Conversation));
        Assert.False(messages[2].Conversation.SameThread(messages[0].Conversation));
        Assert.Equal(3, messages.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_guest_writes_as_a_guest_and_the_host_decides()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var answer = await browser.SayAsync("dave", "check EX03");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Cast.Dave, Assert.Single(playground.Messages).From);
        Assert.True(Assert.Single(playground.Messages).From.IsGuest);
    }

    [Theory]
    [InlineData("@MailFlow users on EX03 say", "users on EX03 say")]
    [InlineData("  @MailFlowBot: help", "help")]
    [InlineData("@MailFlow、EX03 が", "EX03 が")]
    [InlineData("@mailflowbot", "")]
    [InlineData("@MailFlowers are late", "@MailFlowers are late")]
    [InlineData(" mail to @MailFlow", " mail to @MailFlow")]
    public async Task A_mention_of_the_bot_is_taken_off_the_front(string typed, string heard)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var answer = await browser.SayAsync("alice", typed);
        Assert.Equal(heard, Assert.Single(playground.Messages).Text);
        using var watch = playground.Channel.Watch();
        Assert.Equal(typed, Assert.Single(watch!.Snapshot.Posts).Text);
    }

    [Fact]
    public async Task The_same_id_twice_is_one_message()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var first = await browser.SayAsync("alice", "freeze", id: "a-1");
        using var second = await browser.SayAsync("alice", "freeze", id: "a-1");
        Assert.Equal("a-1", Assert.Single(playground.Messages).Id);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"as":"mallory","text":"x"}""", 400, "unknown-person")]
    [InlineData("""{"text":"x"}""", 400, "unknown-person")]
    [InlineData("""{"as":"alice"}""", 400, "no-text")]
    [InlineData("""{"as":"alice","text":" \n "}""", 400, "no-text")]
    [InlineData("""{"as":"alice","text":"x","id":"../x"}""", 400, "bad-id")]
    [InlineData("""{"as":"alice","text":"x","thread":"gone"}""", 404, "thread-gone")]
    [InlineData("""{"as":"alice","text":7}""", 400, "bad-json")]
    [InlineData("""{"as":"alice","text":"x","text":"y"}""", 400, "bad-json")]
    [InlineData("""{"as":"alice","text":"\ud800"}""", 400, "bad-json")]
    [InlineData("""{"as":"alice",""", 400, "bad-json")]
    [InlineData("null", 400, "bad-json")]
    [InlineData("[]", 400, "bad-json")]
    [InlineData("", 400, "bad-json")]
    public async Task Refuses_a_body_that_is_not_a_message(string body, int status, string code)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var answer = await browser.PostAsync("/playground/messages", body);
        Assert.Equal((status, code), ((int)answer.StatusCode, await PlaygroundBrowser.ErrorAsync(answer)));
        Assert.Empty(playground.Messages);
    }

    [Fact]
    public async Task Refuses_deep_nesting()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var deep = string.Concat(Enumerable.Repeat("""{"x":""", 100_000));
        using var answer = await browser.PostAsync("/playground/messages", """{"as":"alice","text":"x","y":""" + deep);
        Assert.Equal("bad-json", await PlaygroundBrowser.ErrorAsync(answer));
    }

    [Fact]
    public async Task Takes_a_megabyte_and_refuses_more_in_both_languages()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var full = await browser.SayAsync("alice", new string('\n', 1024 * 1024 - 1) + "x");
        Assert.Equal(HttpStatusCode.OK, full.StatusCode);
        Assert.Equal(1024 * 1024, Assert.Single(playground.Messages).Text.Length);

        using var over = await browser.SayAsync("alice", new string('x', (1024 * 1024) + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, over.StatusCode);
        var error = (await PlaygroundBrowser.JsonAsync(over)).GetProperty("error");
        Assert.Equal("too-long", error.GetProperty("code").GetString());
        Assert.Contains("1 MB", error.GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 MB", error.GetProperty("ja").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_an_oversize_body_with_and_without_a_length(bool chunked)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var body = "{\"as\":\"alice\",\"text\":\"" + new string('x', 3 * 1024 * 1024) + "\"}";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/playground/messages")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await browser.SendAsync(request);
        Assert.Equal("too-long", await PlaygroundBrowser.ErrorAsync(answer));
        Assert.Empty(playground.Messages);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonx")]
    public async Task Takes_json_only_because_a_form_needs_no_preflight(string contentType)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var answer = await browser.PostAsync("/playground/messages", """{"as":"alice","text":"x"}""", contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(playground.Messages);
    }

    [Fact]
    public async Task A_failure_inside_the_bot_is_a_plain_500_and_the_next_message_works()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        playground.OnMessage = static _ => throw new InvalidOperationException("secret detail");
        using var failed = await browser.SayAsync("alice", "help");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.DoesNotContain("secret detail", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        playground.OnMessage = static _ => Task.CompletedTask;
        using var next = await browser.SayAsync("alice", "help");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }
}
