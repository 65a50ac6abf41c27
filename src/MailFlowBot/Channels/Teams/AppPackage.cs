using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The package that a Teams administrator uploads: the manifest with this registration's ids, its Japanese texts and two icons. The same
/// ids always give the same bytes.
/// </summary>
/// <param name="AppId">Application (client) id of the bot's registration; it is the id of the Teams app too.</param>
/// <param name="Domain">Host name under which the bot's pages are reached, without scheme or port.</param>
/// <param name="HearsWholeChannel">
/// Asks for resource-specific consent: a team's owner then lets the bot hear every message of the channels, not only those that mention it.
/// </param>
internal sealed record AppPackage(Guid AppId, string Domain, bool HearsWholeChannel)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Zip entries carry a time; a fixed one (the earliest that the format knows) keeps the package reproducible.
    private static readonly DateTimeOffset Dated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Microsoft's names of the permissions to hear channels and group chats (manifest schema, authorization.permissions.resourceSpecific).</summary>
    private static readonly string[] Hearing = ["ChannelMessage.Read.Group", "ChatMessage.Read.Chat"];

    public void Write(Stream to)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "manifest.json", Encoding.UTF8.GetBytes(Manifest()));
        foreach (var name in new[] { "ja.json", "color.png", "outline.png" })
            Add(zip, name, Shipped(name));
    }

    /// <summary>The manifest with this registration's ids, as JSON.</summary>
    public string Manifest()
    {
        var manifest = JsonNode.Parse(Shipped("manifest.json"))!.AsObject();
        var id = AppId.ToString("D");
        manifest["id"] = id;
        manifest["bots"]![0]!["botId"] = id;
        manifest["webApplicationInfo"]!["id"] = id;
        manifest["validDomains"] = new JsonArray(Domain);
        var developer = manifest["developer"]!;
        foreach (var (page, path) in new[] { ("websiteUrl", ""), ("privacyUrl", "privacy"), ("termsOfUseUrl", "terms") })
            developer[page] = $"https://{Domain}/{path}";
        if (HearsWholeChannel)
        {
            var permissions = Hearing.Select(name => (JsonNode)new JsonObject { ["name"] = name, ["type"] = "Application" });
            manifest["authorization"] = new JsonObject
            {
                ["permissions"] = new JsonObject { ["resourceSpecific"] = new JsonArray([.. permissions]) },
            };
        }

        return manifest.ToJsonString(Readable);
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Dated;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static byte[] Shipped(string name)
    {
        using var stream = typeof(AppPackage).Assembly.GetManifestResourceStream("manifest/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks manifest/{name}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
