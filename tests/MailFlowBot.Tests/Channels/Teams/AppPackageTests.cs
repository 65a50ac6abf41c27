using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class AppPackageTests
{
    private static readonly AppPackage Plain = new(new Guid("1fa0c0de-0000-4000-8000-000000000001"), "mailflow.contoso.com", HearsWholeChannel: false);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_manifest_is_valid_against_the_published_schema(bool hearsWholeChannel)
    {
        var breaches = await BreachesAsync("MicrosoftTeams.schema.json", (Plain with { HearsWholeChannel = hearsWholeChannel }).Manifest());
        Assert.Empty(breaches);
    }

    [SkippableFact]
    public async Task The_Japanese_texts_are_valid_against_the_published_schema() =>
        Assert.Empty(await BreachesAsync("MicrosoftTeams.Localization.schema.json", Encoding.UTF8.GetString(Files(Plain)["ja.json"])));

    [SkippableFact]
    public async Task A_manifest_that_breaks_the_schema_is_told_apart()
    {
        var broken = JsonNode.Parse(Plain.Manifest())!;
        broken["name"]!["short"] = new string('x', 31);
        Assert.NotEmpty(await BreachesAsync("MicrosoftTeams.schema.json", broken.ToJsonString()));
    }

    [Fact]
    public void The_ids_and_the_domain_of_the_registration_stand_everywhere()
    {
        var manifest = JsonNode.Parse(Plain.Manifest())!;
        Assert.All(
            [manifest["id"]!, manifest["bots"]![0]!["botId"]!, manifest["webApplicationInfo"]!["id"]!],
            id => Assert.Equal("1fa0c0de-0000-4000-8000-000000000001", id.GetValue<string>()));
        Assert.Equal(["mailflow.contoso.com"], manifest["validDomains"]!.AsArray().Select(domain => domain!.GetValue<string>()));
        Assert.DoesNotContain("mailflowbot.example", Plain.Manifest(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_channels_are_asked_for_only_on_request()
    {
        Assert.DoesNotContain("ChannelMessage.Read.Group", Plain.Manifest(), StringComparison.Ordinal);
        Assert.Contains("ChannelMessage.Read.Group", (Plain with { HearsWholeChannel = true }).Manifest(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_has_its_Japanese_text()
    {
        var japanese = JsonNode.Parse(Files(Plain)["ja.json"])!.AsObject();
        var lists = JsonNode.Parse(Plain.Manifest())!["bots"]![0]!["commandLists"]!.AsArray();
        var keys = lists.SelectMany((list, l) => list!["commands"]!.AsArray().SelectMany((_, c) =>
            new[] { $"bots[0].commandLists[{l}].commands[{c}].title", $"bots[0].commandLists[{l}].commands[{c}].description" }));
        Assert.All(keys, key => Assert.True(japanese.ContainsKey(key), key));
        Assert.Equal(keys.Count(), japanese.Count(pair => pair.Key.StartsWith("bots", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_icons_have_the_sizes_that_Teams_asks_for()
    {
        var files = Files(Plain);
        Assert.Equal((192, 192), Size(files["color.png"]));
        Assert.Equal((32, 32), Size(files["outline.png"]));
    }

    [Fact]
    public void The_same_ids_give_the_same_bytes() => Assert.Equal(Bytes(Plain), Bytes(Plain));

    private static async Task<IReadOnlyList<string>> BreachesAsync(string schema, string json)
    {
        var file = References.Path("data/channel/" + schema);
        Skip.If(JsonSchema.Missing is not null && !References.InCi, JsonSchema.Missing);
        return await JsonSchema.BreachesAsync(file, json);
    }

    private static byte[] Bytes(AppPackage package)
    {
        using var stream = new MemoryStream();
        package.Write(stream);
        return stream.ToArray();
    }

    private static Dictionary<string, byte[]> Files(AppPackage package)
    {
        using var zip = new ZipArchive(new MemoryStream(Bytes(package)));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    // Width and height stand big-endian in the IHDR chunk, 16 bytes from the start (PNG, 11.2.2).
    private static (int Width, int Height) Size(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
