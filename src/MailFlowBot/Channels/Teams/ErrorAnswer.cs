namespace MailFlowBot.Channels.Teams;

/// <summary>Body of a refused request, in the shape that the Bot Framework uses for errors.</summary>
internal sealed record ErrorAnswer(ErrorAnswer.Detail Error)
{
    internal sealed record Detail(string Code, string Message);
}
