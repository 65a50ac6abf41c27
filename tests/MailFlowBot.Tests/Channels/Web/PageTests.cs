using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailFlowBot.Channels.Web;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Tests.Channels.Web;

public sealed class PageTests
{
    [Fact]
    public async Task First_line_and_title_say_that_it_is_simulated_and_name_the_organisation()
    {
        var html = await LoadAsync(simulated: true);
        Assert.Contains("<title>SIMULATION / 訓練 &#183; lab &lt;1&gt; &#183; MailFlowBot</title>", html, StringComparison.Ordinal);
        Assert.Contains("<strong class=\"mark-word\">SIMULATION / 訓練</strong>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_organisation_is_not_called_a_simulation()
    {
        var html = await LoadAsync(simulated: false);
        Assert.DoesNotContain("SIMULATION", html, StringComparison.Ordinal);
        Assert.Contains("<title>lab &lt;1&gt; &#183; MailFlowBot</title>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_and_settings_are_told_to_the_page()
    {
        await using var playground = await RunningPlayground.StartAsync(simulated: true, "healthy", "dag-peer");
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var people = await browser.GetAsync("/playground/people");
        Assert.Equal(
            [("alice", false), ("bob", false), ("carol", false), ("dave", true)],
            (await PlaygroundBrowser.JsonAsync(people)).EnumerateArray()
                .Select(person => (person.GetProperty("name").GetString()!, person.GetProperty("isGuest").GetBoolean())));
        using var settings = await browser.GetAsync("/playground/settings");
        Assert.Equal(
            ["healthy", "dag-peer"],
            (await PlaygroundBrowser.JsonAsync(settings)).GetProperty("drills").EnumerateArray().Select(drill => drill.GetString()!));
    }

    [Fact]
    public async Task Every_file_that_the_page_names_is_served_with_its_type()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var waiting = new Queue<string>(["/"]);
        var seen = new HashSet<string>();
        while (waiting.TryDequeue(out var path))
        {
            // The libraries come with npm; a build without it is a supported one.
            if (!seen.Add(path) || path.Contains("/lib/", StringComparison.Ordinal))
                continue;
            using var answer = await browser.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, path);
            Assert.NotNull(answer.Content.Headers.ContentType);
            foreach (Match name in Regex.Matches(await answer.Content.ReadAsStringAsync(), "\"(?:\\./|/playground/)([a-z-]+\\.(?:js|css|svg|json))\""))
                waiting.Enqueue("/playground/" + name.Groups[1].Value);
        }

        Assert.Subset(seen, new HashSet<string> { "/playground/card.js", "/playground/hostconfig.json", "/playground/strings.json", "/playground/page.css" });
    }

    [Theory]
    [InlineData("/playground/page.html")]
    [InlineData("/playground/package.json")]
    [InlineData("/playground/../page.js")]
    [InlineData("/playground/%2e%2e/appsettings.json")]
    [InlineData("/playground/")]
    public async Task Serves_nothing_but_the_page(string path)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Every_sentence_stands_in_both_languages_with_the_same_places()
    {
        using var strings = JsonDocument.Parse(PageFiles.Find("strings.json")!.Bytes);
        foreach (var sentence in strings.RootElement.EnumerateObject())
        {
            Assert.Equal(["en", "ja"], sentence.Value.EnumerateObject().Select(language => language.Name));
            var english = sentence.Value.GetProperty("en").GetString()!;
            var japanese = sentence.Value.GetProperty("ja").GetString()!;
            Assert.False(string.IsNullOrWhiteSpace(english) || string.IsNullOrWhiteSpace(japanese), sentence.Name);
            Assert.Equal(Places(english), Places(japanese));
        }
    }

    [Fact]
    public void Every_refusal_and_every_sentence_that_the_page_says_is_there()
    {
        using var strings = JsonDocument.Parse(PageFiles.Find("strings.json")!.Bytes);
        var keys = strings.RootElement.EnumerateObject().Select(sentence => sentence.Name).ToHashSet();
        Assert.All(Drills.All, drill => Assert.Contains("drill." + drill.Name, keys));
        Assert.All(PlaygroundRefusal.All, refusal => Assert.Contains("error." + refusal.Code, keys));
        foreach (var file in new[] { "page.html", "page.js", "thread.js", "card.js", "composer.js", "server.js" })
        {
            var text = System.Text.Encoding.UTF8.GetString(PageFiles.Find(file)!.Bytes);
            foreach (Match said in Regex.Matches(text, "(?:say\\(|data-say=)\"([a-zA-Z.-]+)\""))
                Assert.Contains(said.Groups[1].Value, keys);
        }
    }

    [Fact]
    public void The_lock_file_pins_every_library_exactly_and_names_no_registry()
    {
        var folder = Path.Combine(Testing.References.Root, "src", "MailFlowBot", "Channels", "Web", "page");
        var lockFile = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        Assert.DoesNotContain("\"resolved\"", lockFile, StringComparison.Ordinal);
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "package.json")));
        Assert.All(
            package.RootElement.GetProperty("dependencies").EnumerateObject(),
            library => Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+$", library.Value.GetString()));
    }

    private static string[] Places(string sentence) => [.. Regex.Matches(sentence, "\\{[0-9]\\}").Select(place => place.Value).Order()];

    private static async Task<string> LoadAsync(bool simulated)
    {
        await using var playground = await RunningPlayground.StartAsync(simulated);
        using var browser = new PlaygroundBrowser(playground.Address);
        using var page = await browser.GetAsync("/");
        return await page.Content.ReadAsStringAsync();
    }
}
