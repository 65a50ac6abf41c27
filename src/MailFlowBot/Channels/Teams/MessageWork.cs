using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Teams;

/// <summary>What is done with a message after Teams got its answer.</summary>
internal sealed class MessageWork(People people, Inbox inbox, TeamsChannel channel)
{
    /// <summary>Messages that mention the bot, all of a one-to-one chat, and what a card's Action.Submit sent; never a bot's.</summary>
    public static bool IsForBot(Activity activity) =>
        !activity.From!.Id!.StartsWith(Member.BotPrefix, StringComparison.Ordinal)
        && (Click.OfSubmit(activity.Value) is not null || MessageText.IsForBot(activity));

    public async Task HandleAsync(AdmittedActivity admitted, CancellationToken cancellationToken)
    {
        var activity = admitted.Activity;
        var person = await people.ResolveAsync(admitted, cancellationToken).ConfigureAwait(false);
        if (Click.OfSubmit(activity.Value) is { } click)
        {
            // An old client's button: it cannot be answered in place, so the answer is a reply.
            var answer = await inbox.Click(Incoming(admitted, person, click), cancellationToken).ConfigureAwait(false);
            if (answer.Text.Length > 0)
                await channel.ReplyAsync(Conversation(admitted), answer.Text, [person], cancellationToken).ConfigureAwait(false);
            return;
        }

        var message = new IncomingMessage(
            Conversation(admitted), person, activity.Id!, MessageText.Of(activity), ActivityLanguage.Of(activity));
        await inbox.Message(message, cancellationToken).ConfigureAwait(false);
    }

    public static Conversation Conversation(AdmittedActivity admitted) =>
        new(TeamsChannel.ChannelName, admitted.Thread, admitted.Address.ToString());

    public static IncomingClick Incoming(AdmittedActivity admitted, Person person, Click click) => new(
        Conversation(admitted), person, admitted.Activity.Id!, click.Verb, click.Values, admitted.Activity.ReplyToId,
        ActivityLanguage.Of(admitted.Activity));
}
