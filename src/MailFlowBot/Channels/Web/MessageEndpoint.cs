using System.Text;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Web;

/// <summary><c>POST /playground/messages</c>: a person of the cast writes.</summary>
internal sealed class MessageEndpoint(WebChannel channel, Inbox inbox, CancellationToken stopping)
{
    private const int IdLength = 64;

    public async Task HandleAsync(HttpContext context)
    {
        var (body, refusal) = await RequestBody.ReadAsync(context, WebJson.Default.PostedMessage, WebLimits.MessageBodyBytes);
        refusal ??= Check(body!);
        if (refusal is not null)
        {
            await refusal.WriteAsync(context);
            return;
        }

        var from = Cast.Find(body!.As!)!;
        var text = body.Text!;
        if (channel.Say(body.Id, body.Thread, from, text) is not { } said)
        {
            await PlaygroundRefusal.ThreadGone.WriteAsync(context);
            return;
        }

        if (said.IsNew)
        {
            var conversation = new Conversation(WebChannel.ChannelName, said.Post.Thread);
            // The work belongs to the thread, not to this request: closing the window must not cancel it.
            await inbox.Message(
                new IncomingMessage(conversation, from, said.Post.Id, BotMention.Remove(text), PageLanguage.Of(body.Language)), stopping);
        }

        await context.Response.WriteAsJsonAsync(
            new PostedMessageAnswer(said.Post.Id, said.Post.Thread), WebJson.Default.PostedMessageAnswer,
            cancellationToken: context.RequestAborted);
    }

    private static PlaygroundRefusal? Check(PostedMessage body)
    {
        if (body.As is null || Cast.Find(body.As) is null)
            return PlaygroundRefusal.UnknownPerson;
        if (body.Id is not null && !IsId(body.Id))
            return PlaygroundRefusal.BadId;
        if (string.IsNullOrWhiteSpace(body.Text))
            return PlaygroundRefusal.NoText;
        return Encoding.UTF8.GetByteCount(body.Text) > WebLimits.MessageBytes ? PlaygroundRefusal.TooLong : null;
    }

    private static bool IsId(string id) => id.Length is > 0 and <= IdLength && id.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
