using MailFlowBot.Incidents;

namespace MailFlowBot.Transcripts;

/// <summary>Links into a channel that has them: Teams' "deep link to a message".</summary>
internal static class MessageLink
{
    public static Uri? Of(Conversation conversation, IncidentEvent happened)
    {
        var message = happened switch
        {
            MessageHeard heard => heard.MessageId,
            CardShown card => card.MessageId,
            _ => null,
        };
        if (message is null || conversation.Channel != "teams")
            return null;
        // The conversation id of a reply chain carries the id of its root after a semicolon; the link wants the channel alone.
        var channel = conversation.Thread.Split(';', 2)[0];
        return new Uri($"https://teams.microsoft.com/l/message/{Uri.EscapeDataString(channel)}/{Uri.EscapeDataString(message)}");
    }
}
