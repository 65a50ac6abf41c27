using MailFlowBot.Channels.Web;
using MailFlowBot.Testing;
using Microsoft.Playwright;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>
/// One Chromium for all browser tests, as the system installed it: nothing is downloaded. Without it, or without the card library that
/// npm brings at build time, the tests are skipped and say so; in CI they fail.
/// </summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // Offline, as root in a container, and without the requests that a browser makes for itself.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Find() is not { } program)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = program, Headless = true, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of its own, with no cookies or storage of others.</summary>
    public async Task<IPage> NewPageAsync(BrowserNewContextOptions? options = null)
    {
        Require(_browser is not null, "No Chromium is installed here (looked for " + string.Join(", ", Names) + " in PATH).");
        Require(
            PageFiles.Find("lib/adaptivecards.min.js") is not null && PageFiles.Find("lib/markdown-it.min.js") is not null,
            "This build has no card library: npm was not there.");
        options ??= new BrowserNewContextOptions();
        options.Locale ??= "en-GB";
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    private static void Require(bool present, string otherwise)
    {
        if (present)
            return;
        if (References.InCi)
            Assert.Fail(otherwise + " In CI it must be there.");
        Skip.If(true, otherwise);
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}

[CollectionDefinition(Name)]
public sealed class ChromiumTests : ICollectionFixture<ChromiumBrowser>
{
    public const string Name = "chromium";
}
