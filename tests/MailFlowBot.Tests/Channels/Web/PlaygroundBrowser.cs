using System.Net;
using System.Text;
using System.Text.Json;

namespace MailFlowBot.Tests.Channels.Web;

/// <summary>Sends requests as a browser does, each of whose marks a test can leave out or forge.</summary>
internal sealed class PlaygroundBrowser(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>Name and value of the token's cookie; null until the page was loaded.</summary>
    public string? Cookie { get; set; }

    /// <summary>The Origin header of a POST.</summary>
    public string? Origin { get; set; } = address.GetLeftPart(UriPartial.Authority);

    public string? Host { get; set; }

    public static async Task<PlaygroundBrowser> OpenAsync(RunningPlayground playground)
    {
        var browser = new PlaygroundBrowser(playground.Address);
        using var page = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        browser.Cookie = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        return browser;
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);

    public Task<HttpResponseMessage> PostAsync(string path, string json, string contentType = "application/json") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, contentType) }, []);

    public Task<HttpResponseMessage> SayAsync(string person, string text, string? thread = null, string? id = null, string language = "en") =>
        PostAsync("/playground/messages", JsonSerializer.Serialize(new { @as = person, text, thread, id, language }));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        request.Headers.Host = Host;
        if (Cookie is not null)
            request.Headers.Add("Cookie", Cookie);
        if (Origin is not null && request.Method != HttpMethod.Get)
            request.Headers.Add("Origin", Origin);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static async Task<string?> ErrorAsync(HttpResponseMessage response) =>
        (await JsonAsync(response)).GetProperty("error").GetProperty("code").GetString();

    public void Dispose() => _client.Dispose();
}
