using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Lab.Control;

/// <summary>
/// <c>GET /lab</c> is the status as JSON; <c>POST /lab</c> with one line of text carries it out, 400 when it is not understood.
/// </summary>
internal sealed class ControlRoute(LabCommands commands)
{
    private const int LongestLine = 1000;

    public static bool Takes(HttpContext context) => context.Request.Path == "/lab";

    public async Task ServeAsync(HttpContext context)
    {
        // A page in a browser can send neither this type nor read the answer without being asked first; the lab never agrees.
        if (HttpMethods.IsGet(context.Request.Method))
            await WriteAsync(context, StatusCodes.Status200OK, "application/json", commands.Run("status"));
        else if (!HttpMethods.IsPost(context.Request.Method) || context.Request.ContentType?.StartsWith("application/x-lab", StringComparison.Ordinal) != true)
            await WriteAsync(context, StatusCodes.Status400BadRequest, "text/plain", "POST one line with Content-Type: application/x-lab.");
        else
            await RunAsync(context);
    }

    private async Task RunAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not (> 0 and <= LongestLine))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, "text/plain", "One short line with a Content-Length.");
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var line = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            await WriteAsync(context, StatusCodes.Status200OK, "text/plain", commands.Run(line));
        }
        catch (FormatException e)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, "text/plain", e.Message);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type + "; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
