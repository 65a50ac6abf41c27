using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// The connector's REST calls (Bot Connector API v3). The bot's token goes to allowed addresses only, and no redirect is followed: both
/// would hand the token to whoever asks.
/// </summary>
/// <param name="tokens">Null where tokens are switched off.</param>
internal sealed class ConnectorClient(HttpClient http, ServiceUrlList allowed, ConnectorTokens? tokens, TimeProvider time, ILogger logger)
{
    private const int MaxAnswerBytes = 256 * 1024;
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(15);

    // A click has to be answered within seconds, and the member is only its first step.
    private static readonly TimeSpan MemberPatience = TimeSpan.FromSeconds(2);

    /// <summary>A handler as every call of the channel wants it.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Posts an activity into a conversation.</summary>
    /// <returns>The id of the new message; null when the connector gave none.</returns>
    /// <exception cref="ConnectorFailed">It could not be posted, or it is unknown whether it was.</exception>
    public async Task<string?> PostAsync(ServiceUrl address, string thread, byte[] activity, CancellationToken cancellationToken)
    {
        var call = new ConnectorCall(HttpMethod.Post, address, ["v3", "conversations", thread, "activities"], activity, SendPatience);
        return Id(await CallAsync(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Replaces an activity.</summary>
    /// <exception cref="ConnectorFailed">It could not be replaced.</exception>
    public Task ReplaceAsync(ServiceUrl address, string thread, string message, byte[] activity, CancellationToken cancellationToken) =>
        CallAsync(
            new ConnectorCall(HttpMethod.Put, address, ["v3", "conversations", thread, "activities", message], activity, SendPatience),
            cancellationToken);

    /// <summary>A member of a conversation; tried once, since somebody waits.</summary>
    /// <exception cref="ConnectorFailed">It could not be fetched.</exception>
    public async Task<Member> FindMemberAsync(ServiceUrl address, string thread, string user, CancellationToken cancellationToken)
    {
        var call = new ConnectorCall(HttpMethod.Get, address, ["v3", "conversations", thread, "members", user], null, MemberPatience);
        var answer = await CallAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(answer, TeamsJson.Default.Member)
                ?? throw new ConnectorFailed(ConnectorFault.Refused, $"{call} answered no member.");
        }
        catch (JsonException exception)
        {
            throw new ConnectorFailed(ConnectorFault.Refused, $"{call} answered no member.", exception);
        }
    }

    private async Task<byte[]> CallAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        if (!allowed.Allows(call.Address))
            throw new ConnectorFailed(ConnectorFault.AddressNotAllowed, $"{call.Address.Address.Host} is not among Teams:AllowedServiceUrls.");
        var token = tokens is null ? null : await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var renewed = false;
        for (var tries = 1; ; tries++)
        {
            var (outcome, answer, code) = await TryAsync(call, token, cancellationToken).ConfigureAwait(false);
            if (outcome.Status is { } status && (int)status is >= 200 and < 300)
                return answer;
            if (outcome.Status == HttpStatusCode.Unauthorized && token is not null && !renewed)
            {
                renewed = true;
                token = await tokens!.ReplaceAsync(token, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var jitter = Random.Shared.NextDouble();
            if (call.Method == HttpMethod.Get || ConnectorRetry.Wait(call.Repeatable, outcome, tries, jitter) is not { } wait)
                throw Failure(call, outcome, code);
            TeamsLog.ConnectorRetried(logger, call.Method.Method, (int?)outcome.Status, wait.TotalSeconds);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(ConnectorOutcome Outcome, byte[] Answer, string? Code)> TryAsync(
        ConnectorCall call, string? token, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(call.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = call.Request();
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var answer = await BoundedContent.ReadAsync(response, MaxAnswerBytes, either.Token).ConfigureAwait(false);
            var outcome = new ConnectorOutcome(response.StatusCode, Sent: true, RetryAfter(response));
            if (response.IsSuccessStatusCode)
                return (outcome, answer, null);
            var code = ConnectorCode.Read(answer);
            TeamsLog.ConnectorRefused(logger, call.Method.Method, (int)response.StatusCode, code, ConnectorCode.Vector(response));
            return (outcome, answer, code);
        }
        catch (HttpRequestException exception)
        {
            var sent = exception.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);
            return (new ConnectorOutcome(null, sent, null), [], $"{exception.HttpRequestError}");
        }
        catch (IOException)
        {
            return (new ConnectorOutcome(null, Sent: true, null), [], "connection lost");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new ConnectorOutcome(null, Sent: true, null), [], $"no answer within {call.Patience.TotalSeconds} s");
        }
    }

    private static ConnectorFailed Failure(ConnectorCall call, ConnectorOutcome outcome, string? code)
    {
        var fault = outcome.Status switch
        {
            null when !outcome.Sent => ConnectorFault.Unavailable,
            null or HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => ConnectorFault.OutcomeUnknown,
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
                or HttpStatusCode.PreconditionFailed => ConnectorFault.Unavailable,
            HttpStatusCode.Unauthorized => ConnectorFault.NoToken,
            HttpStatusCode.Forbidden => ConnectorFault.Blocked,
            HttpStatusCode.NotFound => ConnectorFault.Gone,
            HttpStatusCode.RequestEntityTooLarge => ConnectorFault.TooLarge,
            _ => ConnectorFault.Refused,
        };
        return new ConnectorFailed(fault, $"{call} failed: {(int?)outcome.Status} {code}".TrimEnd());
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? Id(byte[] answer) => ConnectorCode.Parse(answer).TextOf("id");
}
