using System.Globalization;
using System.Text.Json.Nodes;

namespace MailFlowBot.Testing.Teams;

/// <summary>Activities in the shape in which Teams sends them.</summary>
public static class TeamsActivity
{
    public const string Thread = "19:incidents@thread.tacv2;messageid=1481567603816";
    public const string User = "29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB25ATiQWA85";

    public const string ObjectId = "aaaaaaaa-0000-4000-8000-000000000001";

    public static JsonObject Message(Guid appId, Guid tenant, string serviceUrl, string id, string text) => new()
    {
        ["type"] = "message",
        ["id"] = id,
        ["timestamp"] = "2026-03-14T02:40:00.437Z",
        ["serviceUrl"] = serviceUrl,
        ["channelId"] = "msteams",
        ["from"] = new JsonObject { ["id"] = User, ["name"] = "Megan Bowen", ["aadObjectId"] = ObjectId },
        ["conversation"] = new JsonObject
        {
            ["isGroup"] = true,
            ["conversationType"] = "channel",
            ["tenantId"] = Id(tenant),
            ["id"] = Thread,
        },
        ["recipient"] = new JsonObject { ["id"] = $"28:{Id(appId)}", ["name"] = "MailFlowBot" },
        ["textFormat"] = "plain",
        ["text"] = $"<at>MailFlowBot</at> {text}",
        ["entities"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "mention",
                ["mentioned"] = new JsonObject { ["id"] = $"28:{Id(appId)}", ["name"] = "MailFlowBot" },
                ["text"] = "<at>MailFlowBot</at>",
            },
            new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US" }),
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Id(tenant) } },
        ["locale"] = "en-US",
    };

    /// <summary>A click on a button of a card.</summary>
    public static JsonObject Click(Guid appId, Guid tenant, string serviceUrl, string id, string verb, JsonObject data)
    {
        var activity = Message(appId, tenant, serviceUrl, id, "");
        activity["type"] = "invoke";
        activity["name"] = "adaptiveCard/action";
        activity["replyToId"] = "1481567603999";
        activity.Remove("text");
        activity.Remove("entities");
        activity["value"] = new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["id"] = "", ["verb"] = verb, ["data"] = data },
            ["trigger"] = "manual",
        };
        return activity;
    }

    /// <summary>The user of these activities as the connector tells him.</summary>
    public static JsonObject Member(Guid tenant, string role) => new()
    {
        ["id"] = User,
        ["name"] = "Megan Bowen",
        ["aadObjectId"] = ObjectId,
        ["tenantId"] = Id(tenant),
        ["userRole"] = role,
        ["userPrincipalName"] = "megan@example.com",
    };

    private static string Id(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}
