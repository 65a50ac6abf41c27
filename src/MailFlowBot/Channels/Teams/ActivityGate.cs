using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace MailFlowBot.Channels.Teams;

/// <summary>An activity that Teams vouched for, and where answers go.</summary>
internal sealed record AdmittedActivity(Activity Activity, ServiceUrl Address)
{
    public string Thread => Activity.Conversation!.Id!;
}

/// <summary>Everything between a stranger's bytes and an activity that may be acted on. Never throws for what the other side sent.</summary>
internal sealed class ActivityGate(TeamsSettings settings, TokenValidation? tokens, TimeProvider time)
{
    // A body of 256 KiB over a slow phone link takes seconds, not minutes.
    private static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(15);

    public async ValueTask<(AdmittedActivity? Admitted, Refusal? Refusal)> AdmitAsync(HttpContext context)
    {
        if (RequestRefusal(context.Request) is { } refused)
            return (null, refused);
        var (accepted, refusal) = await CheckTokenAsync(context).ConfigureAwait(false);
        if (refusal is not null)
            return (null, refusal);
        var (body, unread) = await ReadBodyAsync(context).ConfigureAwait(false);
        if (body is null)
            return (null, unread);
        var (activity, malformed) = ActivityReader.Read(body);
        if (activity is null)
            return (null, malformed);
        var (address, foreign) = ActivityAdmission.Check(activity, accepted, settings);
        return address is null ? (null, foreign) : (new AdmittedActivity(activity, address), null);
    }

    private static Refusal? RequestRefusal(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
            return new Refusal(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", "Activities are posted.");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)))
            return new Refusal(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "Activities are application/json in UTF-8.");
        return request.ContentLength > ActivityReader.MaxBytes ? TooLarge() : null;
    }

    private static Refusal TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "TooLarge", $"An activity has at most {ActivityReader.MaxBytes} bytes.");

    private async ValueTask<(TokenVerdict.Accepted?, Refusal?)> CheckTokenAsync(HttpContext context)
    {
        if (tokens is null)
        {
            // The configuration was checked at start; this is the second lock, for a listener that was added behind its back.
            return context.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local)
                ? (null, null)
                : (null, Refusal.Token(TokenFault.HeaderMissing));
        }

        var verdict = await tokens.ValidateAsync(context.Request.Headers.Authorization, context.RequestAborted).ConfigureAwait(false);
        return verdict switch
        {
            TokenVerdict.Accepted accepted => (accepted, null),
            TokenVerdict.Refused refused => (null, Refusal.Token(refused.Fault)),
            TokenVerdict.Undecided => (null, Refusal.TryLater("KeysUnreadable", "The issuer's signing keys cannot be had at the moment.")),
            _ => throw new InvalidOperationException($"{verdict.GetType().Name} is no verdict that is known here."),
        };
    }

    private async ValueTask<(byte[]?, Refusal?)> ReadBodyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = ActivityReader.MaxBytes;
        using var patience = new CancellationTokenSource(BodyPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            var body = await BoundedContent.ReadAsync(context.Request.Body, ActivityReader.MaxBytes, either.Token).ConfigureAwait(false);
            return body is null ? (null, TooLarge()) : (body, null);
        }
        catch (BadHttpRequestException exception)
        {
            return (null, new Refusal(exception.StatusCode, "BadRequest", "The body could not be read."));
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (null, new Refusal(StatusCodes.Status408RequestTimeout, "BodyTooSlow", "The body did not come in time."));
        }
    }
}
