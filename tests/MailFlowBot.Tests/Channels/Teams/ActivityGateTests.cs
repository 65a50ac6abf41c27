using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class ActivityGateTests(TeamsFixture bot) : IClassFixture<TeamsFixture>
{
    [Theory]
    [InlineData("GET", 405)]
    [InlineData("HEAD", 405)]
    [InlineData("PUT", 405)]
    [InlineData("DELETE", 405)]
    public async Task Takes_nothing_but_a_post(string method, int status)
    {
        using var response = await bot.SendAsync(bot.Token(), TeamsFixture.Json("{}"), new HttpMethod(method));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("POST", response.Content.Headers.Allow.Single());
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("application/JSON", 200)]
    [InlineData("nonsense", 415)]
    [InlineData(null, 415)]
    public async Task Takes_nothing_but_json(string? type, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(bot.Message().ToJsonString()));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await bot.SendAsync(bot.Token(), content);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"message\"")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"message\"")]
    [InlineData("{\"type\":1}")]
    public async Task Refuses_a_body_that_is_no_activity(string body)
    {
        using var response = await bot.SendAsync(bot.Token(), TeamsFixture.Json(body));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("BadRequest", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task Asks_for_the_token_before_it_reads_the_body()
    {
        using var response = await bot.SendAsync(null, TeamsFixture.Json("not JSON"));
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("type")]
    [InlineData("id")]
    [InlineData("serviceUrl")]
    [InlineData("channelId")]
    [InlineData("conversation.id")]
    [InlineData("from.id")]
    [InlineData("recipient.id")]
    public async Task Names_the_required_member_that_is_missing_or_empty(string member)
    {
        foreach (var empty in new[] { false, true })
        {
            var activity = bot.Message();
            var path = member.Split('.');
            var owner = path.Length == 1 ? activity : activity[path[0]]!.AsObject();
            owner.Remove(path[^1]);
            if (empty)
                owner[path[^1]] = "";
            using var response = await bot.PostAsync(bot.Token(), activity);
            Assert.Equal(400, (int)response.StatusCode);
            Assert.Contains($"\\u0022{member}\\u0022", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(63, 200)]
    [InlineData(65, 400)]
    [InlineData(100_000, 400)]
    public async Task Caps_the_depth_of_what_it_reads(int depth, int status)
    {
        var body = bot.Message().ToJsonString();
        var deep = $"{body[..^1]},\"x\":{new string('[', depth)}{new string(']', depth)}}}";
        using var response = await bot.SendAsync(bot.Token(), TeamsFixture.Json(deep));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(200_000, false, 200)]
    [InlineData(256 * 1024, false, 413)]
    [InlineData(256 * 1024, true, 413)]
    [InlineData(2_000_000, true, 413)]
    public async Task Caps_the_size_of_what_it_reads(int padding, bool chunked, int status)
    {
        var activity = bot.Message();
        activity["padding"] = new string('x', padding);
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(activity.ToJsonString())));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Endpoint) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bot.Token());
        using var response = await TeamsFixture.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    public static TheoryData<string, int> Places => new()
    {
        { "channel webchat", 403 },
        { "channel MSTEAMS", 403 },
        { "recipient of another bot", 403 },
        { "recipient in capitals", 200 },
        { "recipient without prefix", 403 },
        { "foreign tenant", 403 },
        { "foreign tenant in the conversation alone", 403 },
        { "tenants that differ", 403 },
        { "no tenant", 403 },
        { "tenant in the conversation alone", 200 },
        { "unknown type", 200 },
        { "half a surrogate in the tenant", 403 },
        { "channel data as text", 200 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Refuses_a_good_token_in_the_wrong_place(string what, int status)
    {
        var activity = bot.Message();
        var foreign = $"{Guid.NewGuid()}";
        switch (what)
        {
            case "channel webchat": activity["channelId"] = "webchat"; break;
            case "channel MSTEAMS": activity["channelId"] = "MSTEAMS"; break;
            case "recipient of another bot": activity["recipient"]!["id"] = $"28:{foreign}"; break;
            case "recipient in capitals": activity["recipient"]!["id"] = $"28:{TeamsFixture.AppId}".ToUpperInvariant(); break;
            case "recipient without prefix": activity["recipient"]!["id"] = $"{TeamsFixture.AppId}"; break;
            case "foreign tenant":
                activity["channelData"]!["tenant"]!["id"] = foreign;
                activity["conversation"]!["tenantId"] = foreign;
                break;
            case "foreign tenant in the conversation alone":
                activity.Remove("channelData");
                activity["conversation"]!["tenantId"] = foreign;
                break;
            case "tenants that differ": activity["conversation"]!["tenantId"] = foreign; break;
            case "no tenant":
                activity.Remove("channelData");
                activity["conversation"]!.AsObject().Remove("tenantId");
                break;
            case "tenant in the conversation alone": activity.Remove("channelData"); break;
            case "unknown type": activity["type"] = "somethingNew"; break;
            case "half a surrogate in the tenant": activity["channelData"]!["tenant"]!["id"] = "HALF"; break;
            case "channel data as text": activity["channelData"] = "text"; break;
            default: throw new ArgumentException(what);
        }

        var body = activity.ToJsonString().Replace("HALF", "\\ud800", StringComparison.Ordinal);
        using var response = await bot.SendAsync(bot.Token(), TeamsFixture.Json(body));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("https://attacker.example/")]
    [InlineData("https://smba.trafficmanager.net.attacker.example/amer/")]
    [InlineData("https://attacker.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net:8443/amer/")]
    [InlineData("https://smba.trafficmanager.net/amer/")]
    [InlineData("http://127.0.0.1:9/amer/")]
    public async Task Refuses_a_service_URL_outside_the_list_even_when_the_issuer_vouched_for_it(string address)
    {
        var activity = bot.Message();
        activity["serviceUrl"] = address;
        using var response = await bot.PostAsync(bot.Issuer.Token(TeamsFixture.AppId, address, bot.Time.GetUtcNow()), activity);
        Assert.Equal(403, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("http://smba.trafficmanager.net/amer/")]
    [InlineData("https://user@smba.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net/amer/?x=1")]
    [InlineData("https://smba.trafficmanager.net/amer/#x")]
    [InlineData("https://smba.trafficmanager.net\\@attacker.example/")]
    [InlineData("https://smba.trafficmanager.net/a%2fb/")]
    [InlineData("/amer/")]
    [InlineData("file:///etc/passwd")]
    public async Task Refuses_a_service_URL_that_is_no_address_of_a_connector(string address)
    {
        var activity = bot.Message();
        activity["serviceUrl"] = address;
        using var response = await bot.PostAsync(bot.Issuer.Token(TeamsFixture.AppId, address, bot.Time.GetUtcNow()), activity);
        Assert.Equal(400, (int)response.StatusCode);
    }
}
