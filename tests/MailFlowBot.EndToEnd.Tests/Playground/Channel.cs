using System.Text.RegularExpressions;
using MailFlowBot.Testing;
using Microsoft.Playwright;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>The playground's page in the words of its user.</summary>
internal sealed class Channel(IPage page)
{
    public IPage Page => page;

    public ILocator Composer => page.Locator("#text");

    public ILocator Posts => page.Locator("article.post");

    public ILocator Threads => page.Locator("section.thread");

    public ILocator Cards => page.Locator(".card");

    public ILocator Answer => page.Locator(".answer:visible");

    public static async Task<Channel> OpenAsync(IPage page, Uri address, string? language = null)
    {
        await page.GotoAsync(address.ToString());
        await page.Locator("html[data-ready]").WaitForAsync();
        if (language is not null)
            await page.Locator("#language").SelectOptionAsync(language);
        return new Channel(page);
    }

    public Task BecomeAsync(string person) => page.Locator("#person").SelectOptionAsync(person);

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    public ILocator Button(string title) => page.Locator(".card").GetByRole(AriaRole.Button, new() { Name = title, Exact = true });

    /// <summary>A picture of the whole channel, as on a screen that is high enough for it.</summary>
    public async Task PictureOfAllAsync(string name)
    {
        var size = page.ViewportSize!;
        var hidden = await page.EvaluateAsync<int>("() => { const s = document.getElementById('scroll'); return s.scrollHeight - s.clientHeight; }");
        await page.SetViewportSizeAsync(size.Width, size.Height + hidden);
        await PictureAsync(name);
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Keeps a picture for people to look at, in artifacts/screenshots.</summary>
    public Task PictureAsync(string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(References.Root, "artifacts", "screenshots", Regex.Replace(name, "[^a-z0-9-]", "-") + ".png"),
        });
}
