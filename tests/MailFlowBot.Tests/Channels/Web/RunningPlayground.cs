using System.Collections.Concurrent;
using MailFlowBot.Channels.Web;
using MailFlowBot.Incidents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MailFlowBot.Tests.Channels.Web;

/// <summary>The playground on real Kestrel at a free port, with an inbox that records what it is given.</summary>
internal sealed class RunningPlayground : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningPlayground(WebApplication app, WebChannel channel)
    {
        _app = app;
        Channel = channel;
    }

    public WebChannel Channel { get; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public ConcurrentQueue<IncomingMessage> Messages { get; } = [];

    public ConcurrentQueue<IncomingClick> Clicks { get; } = [];

    /// <summary>What the recording inbox answers to a click.</summary>
    public Func<IncomingClick, ClickAnswer> Answer { get; set; } = static _ => new ClickAnswer("done", null);

    /// <summary>What the recording inbox does with a message.</summary>
    public Func<IncomingMessage, Task> OnMessage { get; set; } = static _ => Task.CompletedTask;

    public static Task<RunningPlayground> StartAsync(bool simulated = true, params string[] drills) =>
        StartAsync(new Uri("http://127.0.0.1:0"), simulated, drills);

    public static async Task<RunningPlayground> StartAsync(Uri address, bool simulated = true, params string[] drills)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        var playground = new RunningPlayground(app, new WebChannel(TimeProvider.System));
        app.MapWebPlayground(
            playground.Channel, new Inbox(playground.TakeAsync, playground.TakeAsync), new PlaygroundPage("lab <1>", simulated, drills));
        await app.StartAsync();
        playground.Address = new Uri(app.Urls.Single());
        return playground;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public Task StopAsync() => _app.StopAsync();

    private Task TakeAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        Messages.Enqueue(message);
        return OnMessage(message);
    }

    private Task<ClickAnswer> TakeAsync(IncomingClick click, CancellationToken cancellationToken)
    {
        Clicks.Enqueue(click);
        return Task.FromResult(Answer(click));
    }
}
