namespace MailFlowBot.Channels.Web;

/// <summary>Why a request was not carried out. What a person reads about it stands in strings.json under <c>error.CODE</c>.</summary>
/// <param name="Status">HTTP status.</param>
internal sealed record PlaygroundRefusal(int Status, string Code)
{
    public static readonly PlaygroundRefusal NotLoopback = new(StatusCodes.Status403Forbidden, "not-loopback");
    public static readonly PlaygroundRefusal WrongHost = new(StatusCodes.Status421MisdirectedRequest, "wrong-host");
    public static readonly PlaygroundRefusal WrongOrigin = new(StatusCodes.Status403Forbidden, "wrong-origin");
    public static readonly PlaygroundRefusal NoToken = new(StatusCodes.Status403Forbidden, "no-token");
    public static readonly PlaygroundRefusal NotFound = new(StatusCodes.Status404NotFound, "not-found");
    public static readonly PlaygroundRefusal NotJson = new(StatusCodes.Status415UnsupportedMediaType, "not-json");
    public static readonly PlaygroundRefusal BadJson = new(StatusCodes.Status400BadRequest, "bad-json");
    public static readonly PlaygroundRefusal TooLong = new(StatusCodes.Status413PayloadTooLarge, "too-long");
    public static readonly PlaygroundRefusal NoText = new(StatusCodes.Status400BadRequest, "no-text");
    public static readonly PlaygroundRefusal BadId = new(StatusCodes.Status400BadRequest, "bad-id");
    public static readonly PlaygroundRefusal UnknownPerson = new(StatusCodes.Status400BadRequest, "unknown-person");
    public static readonly PlaygroundRefusal ThreadGone = new(StatusCodes.Status404NotFound, "thread-gone");
    public static readonly PlaygroundRefusal CardGone = new(StatusCodes.Status404NotFound, "card-gone");
    public static readonly PlaygroundRefusal NotSupported = new(StatusCodes.Status400BadRequest, "not-supported");
    public static readonly PlaygroundRefusal BadValues = new(StatusCodes.Status400BadRequest, "bad-values");
    public static readonly PlaygroundRefusal TooManyWatchers = new(StatusCodes.Status503ServiceUnavailable, "too-many-windows");

    public static readonly IReadOnlyList<PlaygroundRefusal> All =
    [
        NotLoopback, WrongHost, WrongOrigin, NoToken, NotFound, NotJson, BadJson, TooLong, NoText, BadId, UnknownPerson, ThreadGone,
        CardGone, NotSupported, BadValues, TooManyWatchers,
    ];

    /// <summary>Answers <c>{"error":{"code","en","ja"}}</c>.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(PageStrings.Error(Code), context.RequestAborted);
    }
}
