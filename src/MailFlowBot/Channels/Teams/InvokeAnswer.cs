namespace MailFlowBot.Channels.Teams;

/// <summary>Answer to a click (Universal Actions for Adaptive Cards): a text under the card, for the clicker alone.</summary>
internal sealed record InvokeAnswer(int StatusCode, string Type, string Value)
{
    public static InvokeAnswer Message(string text) => new(StatusCodes.Status200OK, "application/vnd.microsoft.activity.message", text);
}

/// <summary>Answer to a click that made no sense or failed.</summary>
internal sealed record InvokeError(int StatusCode, string Type, ErrorAnswer.Detail Value)
{
    public static InvokeError Of(int status, string code, string message) =>
        new(status, "application/vnd.microsoft.error", new ErrorAnswer.Detail(code, message));
}
