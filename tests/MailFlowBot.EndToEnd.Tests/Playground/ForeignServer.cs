using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>Somebody else's web server, which learns of everyone who asks it for anything.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ForeignServer(WebApplication app) => _app = app;

    public ConcurrentQueue<string> Asked { get; } = [];

    public string Address => _app.Urls.Single();

    public static async Task<ForeignServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ForeignServer(app);
        app.Run(context =>
        {
            server.Asked.Enqueue(context.Request.Path);
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
