using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Tests.Channels.Web;
using Microsoft.Playwright;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>
/// The page renders as Teams does, so it can prove that foreign text does nothing in a card. Its content security policy is switched off
/// where the renderer alone is on trial: Teams has its own.
/// </summary>
[Collection(ChromiumTests.Name)]
public sealed class CardInjectionTests(ChromiumBrowser chromium)
{
    private const string Foreign = "img,script,at,a,strong,em,ul,ol,li,h1,code,iframe,object,mark,style,link";

    [SkippableFact]
    public async Task Escaped_foreign_text_makes_no_request_and_no_element_and_reads_as_written()
    {
        await using var foreign = await ForeignServer.StartAsync();
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground, bypassCsp: true);
        var requests = new List<string>();
        channel.Page.Request += (_, request) => requests.Add(request.Url);

        await ShowAsync(playground, channel, HostileCard.Escaped(foreign.Address));

        Assert.Equal(0, await channel.Cards.Locator(Foreign).CountAsync());
        var expected = HostileCard.Text(foreign.Address);
        Assert.Equal(expected, await channel.Cards.Locator(".ac-textBlock").First.InnerTextAsync());
        Assert.Equal(expected, await channel.Cards.Locator(".ac-fact-value").First.InnerTextAsync());
        Assert.Equal(expected, await channel.Cards.Locator(".ac-richTextBlock").InnerTextAsync());
        Assert.DoesNotContain(requests, url => url.StartsWith(foreign.Address, StringComparison.Ordinal));
        Assert.Empty(foreign.Asked);
    }

    [SkippableFact]
    public async Task The_same_text_without_its_escaping_does_fetch_and_does_become_elements()
    {
        await using var foreign = await ForeignServer.StartAsync();
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground, bypassCsp: true);
        var image = channel.Page.WaitForRequestAsync($"{foreign.Address}/i.png");

        await ShowAsync(playground, channel, HostileCard.Unescaped(foreign.Address));

        await image;
        Assert.NotEqual(0, await channel.Cards.Locator("img").CountAsync());
        Assert.NotEqual(0, await channel.Cards.Locator("strong").CountAsync());
        Assert.NotEqual(0, await channel.Cards.Locator("a").CountAsync());
        Assert.DoesNotContain("{{DATE", await channel.Cards.InnerTextAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Even_without_escaping_nothing_leaves_the_page_under_its_content_security_policy()
    {
        await using var foreign = await ForeignServer.StartAsync();
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground, bypassCsp: false);
        await channel.Page.EvaluateAsync(
            "() => { window.blocked = new Promise(done => addEventListener('securitypolicyviolation', event => done(event.blockedURI))); }");

        await ShowAsync(playground, channel, HostileCard.Unescaped(foreign.Address));

        Assert.Equal($"{foreign.Address}/i.png", await channel.Page.EvaluateAsync<string>("() => window.blocked"));
        Assert.Empty(foreign.Asked);
    }

    [SkippableFact]
    public async Task Messages_of_people_and_replies_of_the_bot_are_text_and_nothing_else()
    {
        await using var foreign = await ForeignServer.StartAsync();
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground, bypassCsp: true);
        var text = HostileCard.Text(foreign.Address) + "\n\n  <b>second</b> line";

        await channel.SayAsync(text);
        await playground.Channel.ReplyAsync(new Conversation("web", "t1"), text, [], CancellationToken.None);

        await Assertions.Expect(channel.Posts).ToHaveCountAsync(2);
        foreach (var post in await channel.Posts.Locator(".text").AllAsync())
        {
            Assert.Equal(text, await post.InnerTextAsync());
            Assert.Equal(0, await post.Locator("*").CountAsync());
        }

        Assert.Empty(foreign.Asked);
    }

    private async Task<Channel> OpenAsync(RunningPlayground playground, bool bypassCsp) =>
        await Channel.OpenAsync(await chromium.NewPageAsync(new BrowserNewContextOptions { BypassCSP = bypassCsp }), playground.Address);

    private static async Task ShowAsync(RunningPlayground playground, Channel channel, JsonObject card)
    {
        await playground.Channel.PostCardAsync(new Conversation("web", "t1"), card, "a card", CancellationToken.None);
        await Assertions.Expect(channel.Cards.Locator(".ac-richTextBlock")).ToBeVisibleAsync();
    }
}
