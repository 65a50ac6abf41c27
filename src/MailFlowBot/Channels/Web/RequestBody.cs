using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace MailFlowBot.Channels.Web;

/// <summary>Reads a JSON body within a size.</summary>
internal static class RequestBody
{
    /// <returns>The value, or why there is none.</returns>
    public static async Task<(T? Value, PlaygroundRefusal? Refusal)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int maxBytes)
        where T : class
    {
        if (!IsJson(context.Request.ContentType))
            return (null, PlaygroundRefusal.NotJson);
        if (context.Request.ContentLength > maxBytes)
            return (null, PlaygroundRefusal.TooLong);
        // A chunked body tells no length: Kestrel counts it while it is read.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = maxBytes;
        try
        {
            var value = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            return value is null ? (null, PlaygroundRefusal.BadJson) : (value, null);
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, PlaygroundRefusal.TooLong);
        }
        catch (JsonException)
        {
            return (null, PlaygroundRefusal.BadJson);
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType is not null
        && contentType.Split(';', 2)[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
