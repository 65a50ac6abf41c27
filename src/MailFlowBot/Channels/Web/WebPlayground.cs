using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Web;

/// <summary>The playground: a channel thread in the browser, on this machine only, where a visitor speaks as any of the cast.</summary>
internal static class WebPlayground
{
    /// <summary>Maps <c>/</c> and <c>/playground/*</c>.</summary>
    /// <param name="channel">Must be the channel that the host answers into.</param>
    public static void MapWebPlayground(this WebApplication app, WebChannel channel, Inbox inbox, PlaygroundPage page)
    {
        var gate = new PlaygroundGate();
        var html = new Lazy<byte[]>(() => PageHtml.Render(page));
        var stopping = app.Lifetime.ApplicationStopping;
        IReadOnlyList<PlaygroundPerson> people =
            [.. Cast.All.Select(person => new PlaygroundPerson(person.Name, person.ObjectId, person.IsGuest))];

        app.MapGet("/", Guarded(PlaygroundGate.CheckAddress, context =>
        {
            gate.HandToken(context);
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.Body.WriteAsync(html.Value, context.RequestAborted).AsTask();
        }));

        var playground = app.MapGroup("/playground");
        playground.MapGet("/settings", Guarded(gate.CheckRequest, context => context.Response.WriteAsJsonAsync(
            page, WebJson.Default.PlaygroundPage, cancellationToken: context.RequestAborted)));
        playground.MapGet("/people", Guarded(gate.CheckRequest, context => context.Response.WriteAsJsonAsync(
            people, WebJson.Default.IReadOnlyListPlaygroundPerson, cancellationToken: context.RequestAborted)));
        playground.MapGet("/events", Guarded(gate.CheckRequest, new EventsEndpoint(channel, stopping).HandleAsync));
        playground.MapPost("/messages", Guarded(gate.CheckRequest, new MessageEndpoint(channel, inbox, stopping).HandleAsync));
        playground.MapPost("/clicks", Guarded(gate.CheckRequest, new ClickEndpoint(channel, inbox, stopping).HandleAsync));
        playground.MapGet("/{**file}", Guarded(gate.CheckRequest, ServeFileAsync));
    }

    private static RequestDelegate Guarded(Func<HttpContext, PlaygroundRefusal?> check, RequestDelegate handle) => context =>
    {
        PlaygroundGate.Harden(context.Response);
        return check(context) is { } refusal ? refusal.WriteAsync(context) : handle(context);
    };

    private static Task ServeFileAsync(HttpContext context)
    {
        var name = context.Request.RouteValues["file"] as string ?? "";
        // page.html has places to fill in and is served at / only.
        if (name == "page.html" || PageFiles.Find(name) is not { } file)
            return PlaygroundRefusal.NotFound.WriteAsync(context);
        context.Response.ContentType = file.ContentType;
        return context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).AsTask();
    }
}
