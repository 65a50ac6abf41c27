namespace MailFlowBot.Channels.Teams;

/// <summary>Why a request is not served, with its HTTP status.</summary>
/// <param name="Code">Word for logs and for the error answer.</param>
/// <param name="Detail">For the operator; says nothing that a stranger does not know already.</param>
internal sealed record Refusal(int Status, string Code, string Detail)
{
    public static Refusal BadRequest(string detail) => new(StatusCodes.Status400BadRequest, "BadRequest", detail);

    /// <summary>
    /// The token itself is at fault. The caller learns no more than that; <see cref="Fault"/> is for the log.
    /// </summary>
    public static Refusal Token(TokenFault fault) =>
        new(StatusCodes.Status401Unauthorized, "Unauthorized", "The token is not accepted.") { Fault = fault };

    /// <summary>A good token in the wrong place.</summary>
    public static Refusal Forbidden(string code, string detail) => new(StatusCodes.Status403Forbidden, code, detail);

    /// <summary>Nothing is wrong with the request: the sender delivers again.</summary>
    public static Refusal TryLater(string code, string detail) => new(StatusCodes.Status503ServiceUnavailable, code, detail);

    public TokenFault? Fault { get; private init; }
}
