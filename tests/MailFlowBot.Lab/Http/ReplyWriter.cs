using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Lab.Http;

/// <summary>Writes a reply as it should be.</summary>
internal static class ReplyWriter
{
    public static async Task WriteAsync(HttpContext context, LabReply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
            response.Headers.Append(name, value);
        if (reply.ContentType.Length > 0)
            response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }
}
