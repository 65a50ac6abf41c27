using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// <c>POST /api/messages</c>: what Teams delivers comes in here. A message is answered at once and worked on later; a click is answered
/// with its result. Never 500: Teams would deliver again, and a stranger would learn that he hit something.
/// </summary>
internal sealed class ActivityEndpoint(
    ActivityGate gate, ThreadAddresses addresses, Deliveries deliveries, ActivityQueue queue, ClickWork clicks, ILogger logger)
{
    public const string Path = "/api/messages";

    private const string CardAction = "adaptiveCard/action";

    // Teams delivers again after some 15 s on its own; this is for callers that ask the header.
    private const int RetryAfterSeconds = 5;

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var (admitted, refusal) = await gate.AdmitAsync(context).ConfigureAwait(false);
            if (admitted is null)
            {
                await RefuseAsync(context, refusal!).ConfigureAwait(false);
                return;
            }

            addresses.Note(admitted);
            await (admitted.Activity.Type switch
            {
                "message" => MessageAsync(context, admitted),
                "invoke" => InvokeAsync(context, admitted),
                // Reactions, edits, joins: nothing in them has authority, and unknown types come with every version of Teams.
                _ => Answer(context, StatusCodes.Status200OK),
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            TeamsLog.CallerLeft(logger);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // The last resort: a fault of ours is put off, and Teams delivers again.
            TeamsLog.WorkFailed(logger, exception);
            await RefuseAsync(context, Refusal.TryLater("Fault", "The activity could not be taken.")).ConfigureAwait(false);
        }
    }

    private async Task MessageAsync(HttpContext context, AdmittedActivity admitted)
    {
        if (!MessageWork.IsForBot(admitted.Activity))
        {
            await Answer(context, StatusCodes.Status200OK).ConfigureAwait(false);
            return;
        }

        if (!queue.TryReserve())
        {
            await RefuseAsync(context, Refusal.TryLater("Busy", "The bot has as much to do as it can hold.")).ConfigureAwait(false);
            return;
        }

        var first = false;
        try
        {
            // Not on the caller's token: a caller that leaves here would leave the delivery taken and not done.
            first = await deliveries.TakeAsync(Deliveries.Key(admitted), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            TeamsLog.WorkFailed(logger, exception);
            await RefuseAsync(context, Refusal.TryLater("StoreUnavailable", "The delivery could not be recorded.")).ConfigureAwait(false);
            return;
        }
        finally
        {
            if (!first)
                queue.GiveBack();
        }

        if (first)
            queue.Enqueue(admitted);
        await Answer(context, StatusCodes.Status200OK).ConfigureAwait(false);
    }

    private async Task InvokeAsync(HttpContext context, AdmittedActivity admitted)
    {
        if (admitted.Activity.Name != CardAction)
        {
            await Answer(context, StatusCodes.Status501NotImplemented).ConfigureAwait(false);
            return;
        }

        var (click, refusal) = Click.OfInvoke(admitted.Activity.Value);
        if (click is null)
        {
            await FailAsync(context, refusal!.Status, refusal.Status, refusal.Code, refusal.Detail).ConfigureAwait(false);
            return;
        }

        string text;
        try
        {
            text = await clicks.AnswerAsync(admitted, click).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            TeamsLog.WorkFailed(logger, exception);
            var failed = ClickTexts.In(ActivityLanguage.Of(admitted.Activity)).Failed;
            await FailAsync(context, StatusCodes.Status200OK, StatusCodes.Status500InternalServerError, "InternalServerError", failed)
                .ConfigureAwait(false);
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, InvokeAnswer.Message(text), TeamsJson.Default.InvokeAnswer).ConfigureAwait(false);
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task FailAsync(HttpContext context, int http, int status, string code, string message) =>
        WriteAsync(context, http, InvokeError.Of(status, code, message), TeamsJson.Default.InvokeError);

    private Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        TeamsLog.Refused(logger, refusal.Status, refusal.Fault?.ToString() ?? refusal.Code);
        var headers = context.Response.Headers;
        switch (refusal.Status)
        {
            case StatusCodes.Status401Unauthorized:
                headers[HeaderNames.WWWAuthenticate] = "Bearer";
                break;
            case StatusCodes.Status405MethodNotAllowed:
                headers[HeaderNames.Allow] = HttpMethods.Post;
                break;
            case StatusCodes.Status503ServiceUnavailable:
                headers[HeaderNames.RetryAfter] = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                break;
        }

        return HttpMethods.IsHead(context.Request.Method)
            ? Answer(context, refusal.Status)
            : WriteAsync(context, refusal.Status, new ErrorAnswer(new ErrorAnswer.Detail(refusal.Code, refusal.Detail)), TeamsJson.Default.ErrorAnswer);
    }

    private static Task WriteAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
