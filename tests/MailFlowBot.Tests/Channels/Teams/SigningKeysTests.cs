using System.Net;
using MailFlowBot.Testing.Teams;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class SigningKeysTests : IAsyncLifetime
{
    private readonly TeamsFixture _bot = new();

    public Task InitializeAsync() => _bot.InitializeAsync();

    public Task DisposeAsync() => _bot.DisposeAsync();

    [Fact]
    public async Task A_flood_of_unknown_keys_makes_one_refresh()
    {
        await AssertAsync(HttpStatusCode.OK, _bot.Token());
        using var stranger = new IssuerKey("stranger", "msteams");
        var header = FakeIssuer.Header(stranger);
        var floods = Enumerable.Range(0, 100).Select(async at =>
        {
            header = FakeIssuer.Header(stranger);
            header["kid"] = $"stranger-{at}";
            await AssertAsync(HttpStatusCode.Unauthorized, stranger.Sign(header, _bot.Claims()));
        });
        await Task.WhenAll(floods);
        Assert.Equal(2, _bot.Issuer.KeyFetches);
    }

    [Fact]
    public async Task A_hundred_first_requests_share_one_fetch()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AssertAsync(HttpStatusCode.OK, _bot.Token())));
        Assert.Equal(1, _bot.Issuer.KeyFetches);
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_found_by_its_first_token()
    {
        await AssertAsync(HttpStatusCode.OK, _bot.Token());
        using var next = new IssuerKey("teams-2", "msteams");
        _bot.Issuer.Publish(next);
        await AssertAsync(HttpStatusCode.OK, next.Sign(FakeIssuer.Header(next), _bot.Claims()));
    }

    [Fact]
    public async Task A_second_refresh_waits_five_minutes()
    {
        using var next = new IssuerKey("teams-2", "msteams");
        await AssertAsync(HttpStatusCode.Unauthorized, next.Sign(FakeIssuer.Header(next), _bot.Claims()));
        _bot.Issuer.Publish(next);
        _bot.Time.Advance(TimeSpan.FromMinutes(4));
        await AssertAsync(HttpStatusCode.Unauthorized, next.Sign(FakeIssuer.Header(next), _bot.Claims()));
        _bot.Time.Advance(TimeSpan.FromMinutes(1));
        await AssertAsync(HttpStatusCode.OK, next.Sign(FakeIssuer.Header(next), _bot.Claims()));
    }

    [Fact]
    public async Task A_withdrawn_key_is_forgotten_after_a_day()
    {
        using var next = new IssuerKey("teams-2", "msteams");
        _bot.Issuer.Publish(next);
        await AssertAsync(HttpStatusCode.OK, next.Sign(FakeIssuer.Header(next), _bot.Claims()));
        _bot.Issuer.Withdraw(next);
        await AssertAsync(HttpStatusCode.OK, next.Sign(FakeIssuer.Header(next), _bot.Claims()));
        _bot.Time.Advance(TimeSpan.FromHours(24));
        await AssertAsync(HttpStatusCode.Unauthorized, next.Sign(FakeIssuer.Header(next), _bot.Claims()));
    }

    [Fact]
    public async Task The_last_good_set_stays_when_the_issuer_is_down()
    {
        await AssertAsync(HttpStatusCode.OK, _bot.Token());
        _bot.Issuer.Down = true;
        _bot.Time.Advance(TimeSpan.FromHours(25));
        await AssertAsync(HttpStatusCode.OK, _bot.Token());
    }

    [Fact]
    public async Task Without_any_keys_it_asks_to_come_back_and_recovers_by_itself()
    {
        _bot.Issuer.Down = true;
        using var response = await _bot.PostAsync(_bot.Token(), _bot.Message());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        _bot.Issuer.Down = false;
        _bot.Time.Advance(TimeSpan.FromSeconds(5));
        await AssertAsync(HttpStatusCode.OK, _bot.Token());
    }

    private async Task AssertAsync(HttpStatusCode status, string token)
    {
        using var response = await _bot.PostAsync(token, _bot.Message());
        Assert.Equal(status, response.StatusCode);
    }
}
