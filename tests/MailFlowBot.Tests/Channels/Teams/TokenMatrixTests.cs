using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MailFlowBot.Testing.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class TokenMatrixTests(TeamsFixture bot) : IClassFixture<TeamsFixture>
{
    private static readonly IssuerKey Webchat = new("webchat-1", "webchat");
    private static readonly IssuerKey Unendorsed = new("plain-1");

    /// <summary>The id of the honest key on another key.</summary>
    private static readonly IssuerKey Stranger = new("teams-1", "msteams");

    private static readonly IssuerKey Recorder = new("recorder", "msteams");

    public static TheoryData<string, int> ClaimCases => new()
    {
        { "as issued", 200 },
        { "issuer of someone else", 401 },
        { "issuer in capitals", 401 },
        { "no issuer", 401 },
        { "audience of another bot", 401 },
        { "audience in capitals", 200 },
        { "no audience", 401 },
        { "audience as array", 401 },
        { "expired an hour ago", 401 },
        { "expired four minutes ago", 200 },
        { "expired five minutes ago", 401 },
        { "valid in an hour", 401 },
        { "valid in four minutes", 200 },
        { "no expiry", 401 },
        { "expiry as text", 401 },
        { "expiry beyond all numbers", 401 },
        { "no start", 401 },
        { "no service URL", 401 },
        { "service URL of another host", 401 },
        { "service URL with another path", 401 },
        { "service URL with the path in capitals", 401 },
        { "service URL with the scheme in capitals", 200 },
        { "service URL without its last slash", 200 },
        { "service URL on https", 401 },
        { "service URL on another port", 401 },
        { "payload is an array", 401 },
        { "payload is null", 401 },
    };

    public static TheoryData<string, int> HeaderCases => new()
    {
        { "alg none with empty signature", 401 },
        { "alg none with some signature", 401 },
        { "alg None", 401 },
        { "HS256 keyed with the public key", 401 },
        { "RS384", 401 },
        { "RS512", 401 },
        { "kid of no key", 401 },
        { "no kid", 401 },
        { "kid as number", 401 },
        { "crit", 401 },
        { "own key in the header", 401 },
        { "key not published", 401 },
        { "key endorsed for webchat only", 401 },
        { "key with no endorsement", 401 },
        { "signature of another payload", 401 },
        { "signature cut short", 401 },
        { "header is not JSON", 401 },
        { "header is not base64", 401 },
        { "alg twice", 401 },
    };

    [Theory]
    [MemberData(nameof(ClaimCases))]
    public async Task Judges_the_claims_of_a_token(string what, int status)
    {
        var now = bot.Time.GetUtcNow();
        JsonNode payload = bot.Claims();
        switch (what)
        {
            case "as issued": break;
            case "issuer of someone else": payload["iss"] = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"; break;
            case "issuer in capitals": payload["iss"] = "HTTPS://API.BOTFRAMEWORK.COM"; break;
            case "no issuer": payload.AsObject().Remove("iss"); break;
            case "audience of another bot": payload["aud"] = $"{Guid.NewGuid()}"; break;
            case "audience in capitals": payload["aud"] = $"{TeamsFixture.AppId}".ToUpperInvariant(); break;
            case "no audience": payload.AsObject().Remove("aud"); break;
            case "audience as array": payload["aud"] = new JsonArray($"{TeamsFixture.AppId}"); break;
            case "expired an hour ago": payload["exp"] = now.AddHours(-1).ToUnixTimeSeconds(); break;
            case "expired four minutes ago": payload["exp"] = now.AddMinutes(-4).ToUnixTimeSeconds(); break;
            case "expired five minutes ago": payload["exp"] = now.AddMinutes(-5).ToUnixTimeSeconds(); break;
            case "valid in an hour": payload["nbf"] = now.AddHours(1).ToUnixTimeSeconds(); break;
            case "valid in four minutes": payload["nbf"] = now.AddMinutes(4).ToUnixTimeSeconds(); break;
            case "no expiry": payload.AsObject().Remove("exp"); break;
            case "expiry as text": payload["exp"] = "4102444800"; break;
            case "expiry beyond all numbers": payload["exp"] = JsonNode.Parse("1e999"); break;
            case "no start": payload.AsObject().Remove("nbf"); break;
            case "no service URL": payload.AsObject().Remove("serviceurl"); break;
            case "service URL of another host": payload["serviceurl"] = "https://attacker.trafficmanager.net/amer/"; break;
            case "service URL with another path": payload["serviceurl"] = Url("/amer/", "/emea/"); break;
            case "service URL with the path in capitals": payload["serviceurl"] = Url("/amer/", "/AMER/"); break;
            case "service URL with the scheme in capitals": payload["serviceurl"] = Url("http:", "HTTP:"); break;
            case "service URL without its last slash": payload["serviceurl"] = Url("/amer/", "/amer"); break;
            case "service URL on https": payload["serviceurl"] = Url("http:", "https:"); break;
            case "service URL on another port": payload["serviceurl"] = "http://127.0.0.1:1/amer/"; break;
            case "payload is an array": payload = new JsonArray(payload); break;
            case "payload is null": payload = JsonValue.Create("null"); break;
            default: throw new ArgumentException(what);
        }

        var token = bot.Issuer.Key.Sign(FakeIssuer.Header(bot.Issuer.Key), payload);
        await AssertStatusAsync(status, token);
    }

    [Theory]
    [MemberData(nameof(HeaderCases))]
    public async Task Judges_algorithm_key_and_signature(string what, int status)
    {
        bot.Issuer.Publish(Webchat);
        bot.Issuer.Publish(Unendorsed);
        bot.Time.Advance(TimeSpan.FromMinutes(6));
        var key = bot.Issuer.Key;
        var claims = bot.Claims();
        var good = key.Sign(FakeIssuer.Header(key), claims);
        var token = what switch
        {
            "alg none with empty signature" => IssuerKey.Compact(With(key, "alg", "none"), claims, _ => []),
            "alg none with some signature" => IssuerKey.Compact(With(key, "alg", "none"), claims, _ => [1, 2, 3]),
            "alg None" => IssuerKey.Compact(With(key, "alg", "None"), claims, _ => [1, 2, 3]),
            "HS256 keyed with the public key" =>
                IssuerKey.Compact(With(key, "alg", "HS256"), claims, bytes => HMACSHA256.HashData(key.PublicBytes, bytes)),
            "RS384" => key.Sign(With(key, "alg", "RS384"), claims),
            "RS512" => key.Sign(With(key, "alg", "RS512"), claims),
            "kid of no key" => key.Sign(With(key, "kid", "teams-2"), claims),
            "no kid" => key.Sign(new JsonObject { ["alg"] = "RS256" }, claims),
            "kid as number" => key.Sign(With(key, "kid", 1), claims),
            "crit" => key.Sign(With(key, "crit", new JsonArray("exp")), claims),
            "own key in the header" => Stranger.Sign(With(Stranger, "jwk", Stranger.Published.DeepClone()), claims),
            "key not published" => Recorder.Sign(FakeIssuer.Header(Recorder), claims),
            "key endorsed for webchat only" => Webchat.Sign(FakeIssuer.Header(Webchat), claims),
            "key with no endorsement" => Unendorsed.Sign(FakeIssuer.Header(Unendorsed), claims),
            "signature of another payload" => good[..good.LastIndexOf('.')] + key.Sign(FakeIssuer.Header(key), new JsonObject())[^343..],
            "signature cut short" => good[..^20],
            "header is not JSON" => $"aGVsbG8.{good.Split('.')[1]}.{good.Split('.')[2]}",
            "header is not base64" => $"!!!.{good.Split('.')[1]}.{good.Split('.')[2]}",
            "alg twice" => "eyJhbGciOiJub25lIiwiYWxnIjoiUlMyNTYiLCJraWQiOiJ0ZWFtcy0xIn0" + good[good.IndexOf('.', StringComparison.Ordinal)..],
            _ => throw new ArgumentException(what),
        };
        await AssertStatusAsync(status, token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("..")]
    [InlineData("e30.e30.e30")]
    public async Task Refuses_what_is_no_token(string? token) => await AssertStatusAsync(401, token);

    [Fact]
    public async Task Refuses_a_token_of_more_than_16_KiB()
    {
        var claims = bot.Claims();
        claims["padding"] = new string('x', 13 * 1024);
        await AssertStatusAsync(401, bot.Issuer.Key.Sign(FakeIssuer.Header(bot.Issuer.Key), claims));
    }

    [Theory]
    [InlineData("Basic QWxhZGRpbg==", null)]
    [InlineData("Bearer", null)]
    [InlineData("good", "good")]
    public async Task Wants_exactly_one_bearer_header(string first, string? second)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Endpoint) { Content = TeamsFixture.Json(bot.Message().ToJsonString()) };
        string[] values = [.. new[] { first, second }.OfType<string>().Select(value => value == "good" ? $"Bearer {bot.Token()}" : value)];
        request.Headers.TryAddWithoutValidation("Authorization", values);
        using var response = await TeamsFixture.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Takes_the_scheme_in_any_case()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Endpoint) { Content = TeamsFixture.Json(bot.Message().ToJsonString()) };
        request.Headers.TryAddWithoutValidation("Authorization", $"bEARER {bot.Token()}");
        using var response = await TeamsFixture.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Says_nothing_about_a_refused_token_but_that_it_is_refused()
    {
        using var response = await bot.PostAsync("garbage", bot.Message());
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().ToString());
        Assert.Equal(
            """{"error":{"code":"Unauthorized","message":"The token is not accepted."}}""", await response.Content.ReadAsStringAsync());
    }

    private string Url(string part, string other) => bot.ServiceUrl.Replace(part, other, StringComparison.Ordinal);

    private static JsonObject With(IssuerKey key, string name, JsonNode value)
    {
        var header = FakeIssuer.Header(key);
        header[name] = value;
        return header;
    }

    private async Task AssertStatusAsync(int status, string? token)
    {
        using var response = await bot.PostAsync(token, bot.Message());
        Assert.Equal(status, (int)response.StatusCode);
    }
}
