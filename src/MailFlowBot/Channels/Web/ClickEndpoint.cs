using System.Text.Json;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Web;

/// <summary>
/// <c>POST /playground/clicks</c>: a person of the cast presses a button of a card. The client can send anything, so verb and values
/// go on as they came and the host decides; thread and person are taken from what this process knows.
/// </summary>
internal sealed class ClickEndpoint(WebChannel channel, Inbox inbox, CancellationToken stopping)
{
    private const string Execute = "Action.Execute";
    private const string MessageAnswer = "application/vnd.microsoft.activity.message";
    private const int VerbLength = 100;

    public async Task HandleAsync(HttpContext context)
    {
        var (body, refusal) = await RequestBody.ReadAsync(context, WebJson.Default.PostedClick, WebLimits.ClickBodyBytes);
        refusal ??= Check(body!);
        var values = refusal is null ? Values(body!.Value!.Action!.Data) : null;
        var thread = refusal is null ? channel.ThreadOfCard(body!.ReplyToId ?? "") : null;
        refusal ??= values is null ? PlaygroundRefusal.BadValues : thread is null ? PlaygroundRefusal.CardGone : null;
        if (refusal is not null)
        {
            await refusal.WriteAsync(context);
            return;
        }

        var click = new IncomingClick(
            new Conversation(WebChannel.ChannelName, thread!), Cast.Find(body!.As!)!, Guid.NewGuid().ToString("N"),
            body.Value!.Action!.Verb!, values!, body.ReplyToId, PageLanguage.Of(body.Language));
        var answer = await inbox.Click(click, stopping);
        await context.Response.WriteAsJsonAsync(
            new PostedClickAnswer(StatusCodes.Status200OK, MessageAnswer, answer.Text, answer.Refusal),
            WebJson.Default.PostedClickAnswer, cancellationToken: context.RequestAborted);
    }

    private static PlaygroundRefusal? Check(PostedClick body)
    {
        if (body.As is null || Cast.Find(body.As) is null)
            return PlaygroundRefusal.UnknownPerson;
        // Only what the product's cards contain; Action.Submit cannot carry a verb.
        return body.Value?.Action is { Type: Execute, Verb.Length: > 0 and <= VerbLength } ? null : PlaygroundRefusal.NotSupported;
    }

    /// <returns>Null when a value is neither text, number nor truth value, or there are too many.</returns>
    private static Dictionary<string, string>? Values(IReadOnlyDictionary<string, JsonElement>? data)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (data is null)
            return values;
        if (data.Count > WebLimits.ClickValues)
            return null;
        foreach (var (key, value) in data)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String when Text(value) is { } text:
                    values.Add(key, text);
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    values.Add(key, value.GetRawText());
                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    return null;
            }
        }

        return values;
    }

    /// <returns>Null for half a surrogate pair: JSON allows it (RFC 8259 8.2), a text cannot hold it.</returns>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
