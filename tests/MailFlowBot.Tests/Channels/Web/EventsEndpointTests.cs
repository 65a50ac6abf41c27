using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailFlowBot.Channels;
using MailFlowBot.Channels.Web;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Channels.Web;

public sealed class EventsEndpointTests
{
    private static readonly Conversation Thread = new("web", "t1");

    [Fact]
    public async Task A_window_gets_all_posts_first_and_then_every_edit()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var id = await playground.Channel.PostCardAsync(Thread, new JsonObject { ["body"] = "before" }, "checking", CancellationToken.None);

        using var stream = await EventStream.OpenAsync(browser);
        var (name, snapshot) = await stream.NextAsync();
        Assert.Equal("snapshot", name);
        var post = Assert.Single(snapshot.GetProperty("posts").EnumerateArray());
        Assert.Equal("before", post.GetProperty("card").GetProperty("body").GetString());
        Assert.Equal(1, post.GetProperty("revision").GetInt32());

        await playground.Channel.UpdateCardAsync(Thread, id, new JsonObject { ["body"] = "after" }, "findings", CancellationToken.None);
        (name, var change) = await stream.NextAsync();
        Assert.Equal("change", name);
        post = change.GetProperty("post");
        Assert.Equal(id, post.GetProperty("id").GetString());
        Assert.Equal("after", post.GetProperty("card").GetProperty("body").GetString());
        Assert.Equal("findings", post.GetProperty("text").GetString());
        Assert.Equal(2, post.GetProperty("revision").GetInt32());
        Assert.True(post.TryGetProperty("editedAt", out _));
    }

    [Fact]
    public async Task A_reply_arrives_with_the_people_it_mentions_and_its_line_breaks()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var stream = await EventStream.OpenAsync(browser);
        await stream.NextAsync();
        await playground.Channel.ReplyAsync(Thread, "承認が必要です\n\ndata: x\r\nevent: y", [Cast.Bob, Cast.Carol], CancellationToken.None);
        var (_, change) = await stream.NextAsync();
        var post = change.GetProperty("post");
        Assert.Equal("Reply", post.GetProperty("kind").GetString());
        Assert.Equal("承認が必要です\n\ndata: x\r\nevent: y", post.GetProperty("text").GetString());
        Assert.Equal(["bob", "carol"], post.GetProperty("mention").EnumerateArray().Select(name => name.GetString()!));
    }

    [Fact]
    public async Task What_one_person_writes_reaches_every_window()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var first = await EventStream.OpenAsync(browser);
        using var second = await EventStream.OpenAsync(browser);
        await first.NextAsync();
        await second.NextAsync();
        using var said = await browser.SayAsync("dave", "let me in");
        foreach (var stream in new[] { first, second })
        {
            var (_, change) = await stream.NextAsync();
            Assert.Equal("dave", change.GetProperty("post").GetProperty("author").GetString());
        }
    }

    [Fact]
    public async Task An_open_window_does_not_hold_up_the_end_of_the_host()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var stream = await EventStream.OpenAsync(browser);
        await stream.NextAsync();
        await playground.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Null(await stream.LineAsync());
    }

    [Fact]
    public async Task Refuses_one_window_too_many_until_another_is_closed()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var watches = Enumerable.Range(0, WebLimits.Watchers).Select(_ => playground.Channel.Watch()!).ToArray();
        using (var refused = await browser.GetAsync("/playground/events"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("too-many-windows", await PlaygroundBrowser.ErrorAsync(refused));
        }

        watches[0].Dispose();
        using var taken = await EventStream.OpenAsync(browser);
        Assert.Equal("snapshot", (await taken.NextAsync()).Name);
    }

    private sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public static async Task<EventStream> OpenAsync(PlaygroundBrowser browser)
        {
            var response = await browser.GetAsync("/playground/events");
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        }

        public Task<string?> LineAsync() => reader.ReadLineAsync();

        public async Task<(string Name, JsonElement Content)> NextAsync()
        {
            var name = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                    name = line[7..];
                if (!line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                Assert.Equal("", await reader.ReadLineAsync());
                using var document = JsonDocument.Parse(line[6..]);
                return (name, document.RootElement.Clone());
            }

            throw new EndOfStreamException("The event stream ended.");
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
