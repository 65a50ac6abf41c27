using MailFlowBot.Channels;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Tests.Channels.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>The page with a recording inbox behind it: what its user sees, and what reaches the host.</summary>
[Collection(ChromiumTests.Name)]
public sealed class PlaygroundPageTests(ChromiumBrowser chromium)
{
    private static readonly Conversation Thread = new("web", "t1");

    [SkippableFact]
    public async Task Enter_sends_and_shift_enter_and_pasting_keep_the_lines()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground);
        await channel.Composer.FillAsync("220 EX03 ESMTP\nEHLO x\n");
        await channel.Composer.PressAsync("End");
        await channel.Composer.PressAsync("Shift+Enter");
        await channel.Composer.PressSequentiallyAsync("412 4.3.2");
        Assert.Empty(playground.Messages);
        await channel.Composer.PressAsync("Enter");
        await Expect(channel.Posts).ToHaveCountAsync(1);
        await Expect(channel.Composer).ToHaveValueAsync("");
        await WaitForAsync(() => playground.Messages.Count == 1);
        Assert.Equal("220 EX03 ESMTP\nEHLO x\n\n412 4.3.2", playground.Messages.Single().Text);
    }

    [SkippableFact]
    public async Task Enter_that_confirms_a_japanese_conversion_does_not_send()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground, "ja");
        await channel.Composer.FillAsync("送信できない");
        await channel.Composer.DispatchEventAsync("keydown", new { key = "Enter", isComposing = true });
        await Expect(channel.Composer).ToHaveValueAsync("送信できない");
        await channel.Composer.PressAsync("Enter");
        await Expect(channel.Composer).ToHaveValueAsync("");
        await WaitForAsync(() => playground.Messages.Count == 1);
        Assert.Equal("ja", playground.Messages.Single().Language);
    }

    [SkippableFact]
    public async Task The_next_message_stays_in_the_thread_until_a_new_post_is_asked_for()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground);
        await channel.SayAsync("mail is stuck on EX03");
        await Expect(channel.Page.Locator("#target")).ToContainTextAsync("mail is stuck on EX03");
        await channel.SayAsync("status");
        await Expect(channel.Posts).ToHaveCountAsync(2);
        await Expect(channel.Threads).ToHaveCountAsync(1);
        await channel.Page.Locator("#new-post").ClickAsync();
        await channel.SayAsync("check EX01");
        await Expect(channel.Threads).ToHaveCountAsync(2);
        await channel.Threads.First.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await Expect(channel.Composer).ToBeFocusedAsync();
        await channel.SayAsync("thanks");
        await Expect(channel.Threads.First.Locator(".post")).ToHaveCountAsync(3);
    }

    [SkippableFact]
    public async Task An_approver_gives_a_reason_and_approves_and_sees_the_answer_alone()
    {
        await using var playground = await RunningPlayground.StartAsync();
        playground.Answer = static click => click.From == Cast.Alice
            ? new ClickAnswer("You asked for this plan yourself.", "own-request")
            : new ClickAnswer("Approved. Running…", null);
        var channel = await OpenAsync(playground);
        await ShowFindingsAsync(playground, channel);

        await channel.Button("Approve").ClickAsync();
        await Expect(channel.Cards.GetByText("Give a reason")).ToBeVisibleAsync();
        Assert.Empty(playground.Clicks);

        await channel.Page.GetByLabel("Reason").FillAsync("重要: users wait");
        await channel.Button("Approve").ClickAsync();
        await Expect(channel.Answer).ToContainTextAsync("You asked for this plan yourself.");
        await Expect(channel.Answer).ToHaveClassAsync("answer refused");

        await channel.BecomeAsync("bob");
        await Expect(channel.Answer).ToHaveCountAsync(0);
        await channel.Button("Approve").ClickAsync();
        await Expect(channel.Answer).ToContainTextAsync("Approved. Running…");
        await channel.BecomeAsync("alice");
        await Expect(channel.Answer).ToContainTextAsync("You asked for this plan yourself.");

        var click = playground.Clicks.Last();
        Assert.Equal(Cast.Bob, click.From);
        Assert.Equal("fix.approve", click.Verb);
        Assert.Equal("INC-7", click.Values["p"]);
        Assert.Equal("重要: users wait", click.Values["reason"]);
    }

    [SkippableFact]
    public async Task An_edit_in_place_keeps_the_typed_reason_the_focus_and_what_was_opened()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground);
        var card = await ShowFindingsAsync(playground, channel);
        await channel.Button("Raw answer").ClickAsync();
        await channel.Page.GetByLabel("Reason").PressSequentiallyAsync("users wait");
        await channel.Page.GetByLabel("Reason").PressAsync("ArrowLeft");

        await playground.Channel.UpdateCardAsync(Thread, card, DemoCard.Findings("HubTransport: read again"), "findings", CancellationToken.None);

        await Expect(channel.Cards).ToContainTextAsync("HubTransport: read again");
        await Expect(channel.Page.GetByText("raw lines of the answer")).ToBeVisibleAsync();
        await Expect(channel.Page.GetByLabel("Reason")).ToBeFocusedAsync();
        await channel.Page.Keyboard.TypeAsync("!");
        await Expect(channel.Page.GetByLabel("Reason")).ToHaveValueAsync("users wai!t");
        await channel.Button("Approve").ClickAsync();
        await WaitForAsync(() => playground.Clicks.Count == 1);
        Assert.Equal("users wai!t", playground.Clicks.Single().Values["reason"]);
    }

    [SkippableFact]
    public async Task An_edit_waits_while_an_input_method_is_composing()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground);
        var card = await ShowFindingsAsync(playground, channel);
        var reason = channel.Page.GetByLabel("Reason");
        await reason.FocusAsync();
        await reason.DispatchEventAsync("compositionstart");
        await playground.Channel.UpdateCardAsync(Thread, card, DemoCard.Findings("first"), "first", CancellationToken.None);
        await playground.Channel.UpdateCardAsync(Thread, card, DemoCard.Findings("second"), "second", CancellationToken.None);
        await Expect(channel.Page.Locator("#announce")).ToContainTextAsync("second");
        await Expect(channel.Cards).ToContainTextAsync("requester Functional");
        await reason.DispatchEventAsync("compositionend");
        await Expect(channel.Cards).ToContainTextAsync("second");
    }

    [SkippableFact]
    public async Task Two_windows_see_the_same_thread_and_each_keeps_its_own_person()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var alice = await OpenAsync(playground);
        var bob = await OpenAsync(playground);
        await bob.BecomeAsync("bob");
        await alice.SayAsync("mail is stuck");
        await Expect(bob.Posts).ToHaveCountAsync(1);
        await playground.Channel.ReplyAsync(
            new Conversation("web", playground.Messages.Single().Conversation.Thread), "Approval needed.", [Cast.Bob, Cast.Carol],
            CancellationToken.None);
        await Expect(bob.Page.Locator(".mentioned")).ToContainTextAsync("@bob @carol Approval needed.");
        await Expect(alice.Posts).ToHaveCountAsync(2);
        await Expect(alice.Page.Locator(".mentioned")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_drill_button_starts_a_thread_with_the_drill_word()
    {
        await using var playground = await RunningPlayground.StartAsync(simulated: true, "healthy", "dag-peer");
        var channel = await OpenAsync(playground);
        await channel.SayAsync("mail is stuck");
        await channel.Page.GetByRole(AriaRole.Button, new() { Name = "dag-peer" }).ClickAsync();
        await Expect(channel.Threads).ToHaveCountAsync(2);
        await WaitForAsync(() => playground.Messages.Count == 2);
        Assert.Equal("drill dag-peer", playground.Messages.Last().Text);
    }

    [SkippableFact]
    public async Task The_page_speaks_japanese_and_says_that_it_is_a_simulation()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground, "ja");
        await Expect(channel.Page.Locator("h1")).ToContainTextAsync("メール障害");
        await Expect(channel.Page.Locator("#send")).ToHaveTextAsync("送信");
        await Expect(channel.Page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        Assert.StartsWith("SIMULATION / 訓練", await channel.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.StartsWith("SIMULATION / 訓練", await channel.Page.InnerTextAsync("body"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_page_finds_its_way_back_when_the_bot_was_started_again()
    {
        var first = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(first);
        await channel.SayAsync("before the restart");
        await Expect(channel.Posts).ToHaveCountAsync(1);
        await channel.Composer.FillAsync("half a sentence");
        await first.DisposeAsync();
        await Expect(channel.Page.Locator("#connection")).ToBeVisibleAsync();

        await using var second = await RunningPlayground.StartAsync(first.Address);
        await second.Channel.ReplyAsync(Thread, "after the restart", [], CancellationToken.None);
        await Expect(channel.Posts).ToHaveCountAsync(1);
        await Expect(channel.Posts).ToContainTextAsync("after the restart");
        await Expect(channel.Page.Locator("#connection")).ToBeHiddenAsync();
        await Expect(channel.Composer).ToHaveValueAsync("half a sentence");
        await channel.Composer.PressAsync("Enter");
        await Expect(channel.Posts).ToHaveCountAsync(2);
    }

    [SkippableFact]
    public async Task A_keyboard_alone_writes_replies_and_presses_a_button()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground);
        await Expect(channel.Composer).ToBeFocusedAsync();
        await channel.Page.Keyboard.TypeAsync("mail is stuck");
        await channel.Page.Keyboard.PressAsync("Enter");
        await Expect(channel.Posts).ToHaveCountAsync(1);
        await ShowFindingsAsync(playground, channel);
        await channel.Page.GetByLabel("Reason").FocusAsync();
        await channel.Page.Keyboard.TypeAsync("users wait");
        await channel.Page.Keyboard.PressAsync("Tab");
        await Expect(channel.Button("Approve")).ToBeFocusedAsync();
        await channel.Page.Keyboard.PressAsync("Enter");
        await Expect(channel.Answer).ToContainTextAsync("done");
    }

    [SkippableFact]
    public async Task A_message_that_is_too_long_comes_back_with_the_reason()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var channel = await OpenAsync(playground);
        await channel.SayAsync(new string('x', 1024 * 1024 + 1));
        await Expect(channel.Page.Locator("#composer-error")).ToContainTextAsync("longer than 1 MB");
        Assert.Equal(1024 * 1024 + 1, (await channel.Composer.InputValueAsync()).Length);
    }

    [SkippableFact]
    public async Task Without_the_card_library_the_page_says_so_and_shows_the_plain_text()
    {
        await using var playground = await RunningPlayground.StartAsync();
        var page = await chromium.NewPageAsync();
        await page.RouteAsync("**/lib/*", route => route.FulfillAsync(new() { Status = 404 }));
        var channel = await Channel.OpenAsync(page, playground.Address);
        await playground.Channel.PostCardAsync(Thread, DemoCard.Findings(), "findings", CancellationToken.None);
        await Expect(page.Locator("#missing")).ToContainTextAsync("-- chat");
        await Expect(channel.Cards).ToHaveTextAsync("INC-7 in plain words");
        await channel.SayAsync("status");
        await Expect(channel.Posts).ToHaveCountAsync(2);
    }

    [SkippableFact]
    public async Task Nothing_on_the_page_breaks_its_own_content_security_policy_or_fails()
    {
        await using var playground = await RunningPlayground.StartAsync(simulated: true, "healthy");
        var page = await chromium.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, line) => { if (line.Type is "error" or "warning") complaints.Add(line.Text); };
        page.Response += (_, response) => { if (!response.Ok) complaints.Add($"{response.Status} {response.Url}"); };
        page.PageError += (_, error) => complaints.Add(error);
        var channel = await Channel.OpenAsync(page, playground.Address);
        await channel.SayAsync("mail is stuck");
        await ShowFindingsAsync(playground, channel);
        await channel.Button("Raw answer").ClickAsync();
        await Expect(page.GetByText("raw lines of the answer")).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(320, 640, ColorScheme.Light, "en")]
    [InlineData(320, 640, ColorScheme.Dark, "ja")]
    [InlineData(1280, 860, ColorScheme.Light, "ja")]
    [InlineData(1280, 860, ColorScheme.Dark, "en")]
    public async Task Fits_a_telephone_and_a_desktop_in_light_and_dark(int width, int height, ColorScheme scheme, string language)
    {
        await using var playground = await RunningPlayground.StartAsync(
            simulated: true, [.. Drills.All.Select(drill => drill.Name)]);
        var page = await chromium.NewPageAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        var channel = await Channel.OpenAsync(page, playground.Address, language);
        var name = $"page-{width}-{scheme}-{language}".ToLowerInvariant();
        await channel.PictureAsync(name + "-1-welcome");
        await AssertFitsAsync(page, width);

        await channel.SayAsync("@MailFlow users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active");
        await Expect(channel.Posts).ToHaveCountAsync(1);
        var thread = playground.Messages.Single().Conversation;
        var card = await playground.Channel.PostCardAsync(thread, DemoCard.Checking("opening the session to EX03, 7 s"), "checking", CancellationToken.None);
        await Expect(channel.Cards).ToBeVisibleAsync();
        await channel.PictureAsync(name + "-2-checking");
        await playground.Channel.UpdateCardAsync(thread, card, DemoCard.Findings(), "findings", CancellationToken.None);
        await playground.Channel.ReplyAsync(thread, "Approval needed for INC-7.", [Cast.Bob, Cast.Carol], CancellationToken.None);
        await channel.BecomeAsync("bob");
        await Expect(channel.Button("Approve")).ToBeVisibleAsync();
        await channel.Button("Reject").ClickAsync();
        await Expect(channel.Answer).ToBeVisibleAsync();
        await AssertFitsAsync(page, width);
        foreach (var title in new[] { "Approve", "Reject", "Details" })
        {
            var inside = await channel.Button(title).EvaluateAsync<bool>(
                "button => button.getBoundingClientRect().right <= button.closest('.card').getBoundingClientRect().right");
            Assert.True(inside, title);
        }

        await channel.Cards.ScrollIntoViewIfNeededAsync();
        await channel.PictureAsync(name + "-3-findings");
        await page.Locator("#scroll").EvaluateAsync("place => { place.scrollTop = place.scrollHeight; }");
        await channel.PictureAsync(name + "-4-end");
    }

    private static async Task AssertFitsAsync(IPage page, int width)
    {
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.True(await page.EvaluateAsync<bool>("() => { const s = document.getElementById('scroll'); return s.scrollWidth <= s.clientWidth; }"));
    }

    private static async Task<string> ShowFindingsAsync(RunningPlayground playground, Channel channel)
    {
        var id = await playground.Channel.PostCardAsync(Thread, DemoCard.Findings(), "findings", CancellationToken.None);
        await Expect(channel.Button("Approve")).ToBeVisibleAsync();
        return id;
    }

    private async Task<Channel> OpenAsync(RunningPlayground playground, string? language = null) =>
        await Channel.OpenAsync(await chromium.NewPageAsync(), playground.Address, language);

    /// <summary>Waits for the host's side: the page shows a message before the inbox has recorded it.</summary>
    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
