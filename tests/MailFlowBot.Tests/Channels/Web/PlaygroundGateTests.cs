using System.Globalization;
using System.Net;

namespace MailFlowBot.Tests.Channels.Web;

public sealed class PlaygroundGateTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("[::2]:{port}")]
    public async Task Refuses_a_host_that_is_not_its_own_loopback_address(string host)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        browser.Host = host.Replace("{port}", playground.Address.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        foreach (var path in new[] { "/", "/playground/people", "/playground/events", "/playground/page.js" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
            Assert.Equal("wrong-host", await PlaygroundBrowser.ErrorAsync(answer));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Answers_under_the_name_localhost()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        browser.Host = $"localhost:{playground.Address.Port}";
        using var answer = await browser.GetAsync("/playground/people");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    public async Task Refuses_a_post_from_another_origin(string? origin)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        browser.Origin = origin;

        foreach (var path in new[] { "/playground/messages", "/playground/clicks" })
        {
            using var answer = await browser.PostAsync(path, """{"as":"alice","text":"freeze"}""");
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("wrong-origin", await PlaygroundBrowser.ErrorAsync(answer));
        }

        Assert.Empty(playground.Messages);
    }

    [Fact]
    public async Task Refuses_a_read_that_another_page_started()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var byOrigin = await browser.GetAsync("/playground/events", ("Origin", "https://evil.example"));
        using var bySite = await browser.GetAsync("/playground/events", ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal("wrong-origin", await PlaygroundBrowser.ErrorAsync(byOrigin));
        Assert.Equal("wrong-origin", await PlaygroundBrowser.ErrorAsync(bySite));
    }

    [Fact]
    public async Task Refuses_every_request_without_the_token_of_this_start()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        var name = browser.Cookie!.Split('=')[0];
        foreach (var cookie in new[] { null, $"{name}=", $"{name}={new string('0', 64)}", "other=1" })
        {
            browser.Cookie = cookie;
            foreach (var path in new[] { "/playground/people", "/playground/settings", "/playground/events", "/playground/page.js", "/playground/x" })
            {
                using var read = await browser.GetAsync(path);
                Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
                Assert.Equal("no-token", await PlaygroundBrowser.ErrorAsync(read));
            }

            using var said = await browser.SayAsync("bob", "lift");
            Assert.Equal(HttpStatusCode.Forbidden, said.StatusCode);
        }

        Assert.Empty(playground.Messages);
    }

    [Fact]
    public async Task A_token_of_another_start_opens_nothing()
    {
        await using var first = await RunningPlayground.StartAsync();
        await using var second = await RunningPlayground.StartAsync();
        using var ofFirst = await PlaygroundBrowser.OpenAsync(first);
        using var ofSecond = await PlaygroundBrowser.OpenAsync(second);
        ofSecond.Cookie = ofSecond.Cookie!.Split('=')[0] + "=" + ofFirst.Cookie!.Split('=')[1];
        using var answer = await ofSecond.GetAsync("/playground/people");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_token_cannot_be_read_by_scripts_nor_sent_from_other_sites()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = new PlaygroundBrowser(playground.Address);
        using var page = await browser.GetAsync("/");
        var cookie = page.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/playground/page.js")]
    [InlineData("/playground/people")]
    [InlineData("/playground/no-such-file")]
    public async Task Every_answer_forbids_inline_script_framing_sniffing_and_other_origins(string path)
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var answer = await browser.GetAsync(path, ("Accept", "*/*"));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_preflight_request_gets_no_permission()
    {
        await using var playground = await RunningPlayground.StartAsync();
        using var browser = await PlaygroundBrowser.OpenAsync(playground);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/playground/messages");
        using var answer = await browser.SendAsync(
            request, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }
}
