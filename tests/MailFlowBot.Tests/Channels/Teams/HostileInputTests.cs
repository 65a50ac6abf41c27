using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Testing.Teams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class HostileInputTests
{
    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ";

    private static readonly byte[] Honest = Encoding.UTF8.GetBytes(
        TeamsActivity.Message(TeamsFixture.AppId, TeamsFixture.Tenant, "https://smba.trafficmanager.net/amer/", "1", "mail is stuck").ToJsonString());

    [Fact]
    public async Task No_token_with_a_changed_letter_is_accepted()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        var time = new ManualTime();
        var settings = TeamsSettings.From(new TeamsOptions
        {
            AppId = $"{TeamsFixture.AppId}",
            TenantId = $"{TeamsFixture.Tenant}",
            ClientSecret = "x",
            OpenIdMetadata = issuer.Metadata.AbsoluteUri,
        });
        var keys = new SigningKeys(new KeySource(TeamsFixture.Http, settings.OpenIdMetadata), time, NullLogger.Instance);
        var validation = new TokenValidation(settings.Registration!, settings.Issuers, keys, time);
        var token = issuer.Token(TeamsFixture.AppId, "https://smba.trafficmanager.net/amer/", time.GetUtcNow());
        Assert.IsType<TokenVerdict.Accepted>(await validation.ValidateAsync($"Bearer {token}", default));

        // The last letter of a signature carries bits that stand for nothing, so it is left out.
        var changes = Gen.Zip(Gen.Choose(0, token.Length - 2), Gen.Elements<char>(Base64Url.AsEnumerable()));
        foreach (var (at, letter) in changes.Sample(500))
        {
            if (token[at] == letter)
                continue;
            var changed = $"{token[..at]}{letter}{token[(at + 1)..]}";
            Assert.IsType<TokenVerdict.Refused>(await validation.ValidateAsync($"Bearer {changed}", default));
        }
    }

    [Fact]
    public void Any_bytes_are_an_activity_or_a_refusal() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => ReadsToTheEnd(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void An_activity_with_changed_bytes_is_read_or_refused()
    {
        var changes = Gen.Zip(Gen.Choose(0, Honest.Length - 1), Gen.Choose(0, 255)).NonEmptyListOf().ToArbitrary();
        Prop.ForAll(changes, list =>
        {
            var bytes = (byte[])Honest.Clone();
            foreach (var (at, value) in list.Take(5))
                bytes[at] = (byte)value;
            return ReadsToTheEnd(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void An_activity_cut_anywhere_is_refused() =>
        Assert.All(Enumerable.Range(0, Honest.Length), length => Assert.Equal(400, ActivityReader.Read(Honest.AsSpan(0, length)).Refusal?.Status));

    [Fact]
    public void Any_value_is_a_click_or_a_refusal()
    {
        string[] pieces = ["{", "}", "[", "]", ":", ",", "\"action\"", "\"verb\"", "\"data\"", "\"type\"", "\"Action.Execute\"", "1", "null", "\"\\ud800\""];
        foreach (var parts in Gen.Elements(pieces).ListOf().Sample(3000, 12))
        {
            var text = string.Concat(parts);
            using var value = Parse(text);
            if (value is null)
                continue;
            var (click, refusal) = Click.OfInvoke(value.RootElement);
            Assert.True(click is null != refusal is null, text);
            Assert.True(Click.OfSubmit(value.RootElement) is null or { Verb.Length: > 0 }, text);
        }
    }

    private static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Nothing of what follows the reading may throw either.</summary>
    private static bool ReadsToTheEnd(byte[] bytes)
    {
        var (activity, refusal) = ActivityReader.Read(bytes);
        if (activity is null)
            return refusal is { Status: 400 };
        var settings = TeamsSettings.From(new TeamsOptions { RequireToken = "false" });
        _ = ActivityAdmission.Check(activity, null, settings);
        _ = MessageText.IsForBot(activity);
        _ = ActivityLanguage.Of(activity);
        return refusal is null && MessageText.Of(activity).Length <= HtmlText.MaxLength;
    }
}
