using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>What a visitor sees on the first run: the reported symptom, findings, a plan, somebody else's approval, the verified result.</summary>
[Collection(ChromiumTests.Name)]
public sealed class FirstRunTests(ChromiumBrowser chromium)
{
    private static readonly Words English = new(
        "en", "@MailFlow users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active", "branch users are waiting",
        Approve: "Approve", Details: "Details", Refused: "Refused", Held: "verified and held");

    private static readonly Words Japanese = new(
        "ja", "EX03 のユーザーのメールが送信トレイに残ります。telnet では 412 4.3.2 Service not active です", "支店の利用者が待っています",
        Approve: "承認", Details: "詳細", Refused: "拒否", Held: "確認済み・維持");

    [SkippableTheory]
    [InlineData("en", 1280, 900, ColorScheme.Light)]
    [InlineData("en", 320, 720, ColorScheme.Dark)]
    [InlineData("ja", 1280, 900, ColorScheme.Dark)]
    [InlineData("ja", 320, 720, ColorScheme.Light)]
    public async Task From_the_symptom_over_somebody_elses_approval_to_the_verified_fix(string language, int width, int height, ColorScheme scheme)
    {
        var words = language == "ja" ? Japanese : English;
        var page = await chromium.NewPageAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        await using var bot = await BotProcess.ServeAsync();
        var channel = await Channel.OpenAsync(page, bot.Address, language);
        var card = channel.Cards.First;
        var approve = channel.Button(words.Approve);
        var step = 0;
        Task PictureAsync(string name) => channel.PictureOfAllAsync($"first-run-{language}-{width}-{scheme}-{++step}-{name}".ToLowerInvariant());

        await channel.SayAsync(words.Symptom);
        await Expect(approve).ToBeVisibleAsync();
        await Expect(card).ToContainTextAsync("HubTransport");
        await Expect(card).ToContainTextAsync("Set-ServerComponentState");
        await Expect(page.Locator(".mention").Filter(new() { HasText = "@bob" })).ToBeVisibleAsync();
        await PictureAsync("findings");

        await card.GetByRole(AriaRole.Textbox).FillAsync(words.Reason);
        await approve.ClickAsync();
        await Expect(channel.Answer).ToContainTextAsync(words.Refused);
        await PictureAsync("own-request-refused");

        await channel.BecomeAsync("bob");
        await Expect(card.GetByRole(AriaRole.Textbox)).ToHaveValueAsync(words.Reason);
        await approve.ClickAsync();
        await Expect(card).ToContainTextAsync(words.Held);
        await Expect(card).ToContainTextAsync(words.Reason);
        await Expect(approve).ToHaveCountAsync(0);
        await PictureAsync("verified");
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

        var posts = await channel.Posts.CountAsync();
        await channel.Button(words.Details).First.ClickAsync();
        await Expect(channel.Posts).ToHaveCountAsync(posts + 1);
        await PictureAsync("details");
    }

    private sealed record Words(
        string Language, string Symptom, string Reason, string Approve, string Details, string Refused, string Held);
}
