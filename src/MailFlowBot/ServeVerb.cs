using System.Net.Sockets;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Channels.Web;
using MailFlowBot.Settings;
using MailFlowBot.Wording;

namespace MailFlowBot;

/// <summary><c>serve</c>: the bot on its listener.</summary>
internal static class ServeVerb
{
    public static Task<int> RunAsync(CancellationToken cancellationToken) => Start.WithFilesAsync(async () =>
    {
        var configuration = Start.Configuration();
        if (Start.Settings(configuration) is not { } settings || !Start.TeamsIsRight(configuration, settings))
            return Verbs.WrongUse;
        var bot = await Bot.OpenAsync(settings, Start.Failed, cancellationToken).ConfigureAwait(false);
        await using (bot.ConfigureAwait(false))
        {
            Start.Warn(settings, bot);
            var app = Build(settings);
            var teams = Teams(app, configuration);
            await using (app.ConfigureAwait(false))
            {
                try
                {
                    Map(app, bot, settings, teams);
                    return await ListenAsync(app, settings, teams, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    if (teams is not null)
                        await teams.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    });

    private static async Task<int> ListenAsync(
        WebApplication app, BotSettings settings, TeamsAdapter? teams, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault) when (fault.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException or SocketException)
        {
            await Console.Error.WriteLineAsync(
                $"{settings.Public} is taken by another program. Stop that one, or choose another address with Http:Public "
                + "(environment: MAILFLOWBOT__Http__Public).").ConfigureAwait(false);
            return Verbs.Unreachable;
        }

        Greet(app, settings, teams);
        await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return Verbs.Fine;
    }

    private static TeamsAdapter? Teams(WebApplication app, IConfiguration configuration)
    {
        var options = TeamsOptions.From(configuration.GetSection(TeamsOptions.Section));
        return TeamsSettings.Wanted(options)
            ? new TeamsAdapter(TeamsSettings.From(options), TimeProvider.System, app.Services.GetRequiredService<ILogger<TeamsAdapter>>())
            : null;
    }

    private static WebApplication Build(BotSettings settings)
    {
        // The slim builder reads no files besides ours and watches none.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls([.. new[] { settings.Public, settings.Internal }.Select(address => address.GetLeftPart(UriPartial.Authority)).Distinct()]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2 * 1024 * 1024;
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // A listener that cannot be had is said in one sentence, not in a stack trace.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        return builder.Build();
    }

    private static void Map(WebApplication app, Bot bot, BotSettings settings, TeamsAdapter? teams)
    {
        if (settings.Internal != settings.Public)
            app.Use((context, next) => OnlyMessagesFromOutside(context, next, settings.Public.Port));
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", () => Results.Text("ready"));
        if (teams is not null)
        {
            bot.Add(teams.Channel);
            teams.Map(app, bot.Inbox, bot.Store.TryClaimAsync);
        }

        if (teams is not { IsRegistered: true })
        {
            var web = new WebChannel(TimeProvider.System);
            bot.Add(web);
            app.MapWebPlayground(web, bot.Inbox, new PlaygroundPage(bot.Surroundings.Organization, bot.Surroundings.Simulated, bot.DrillNames));
        }
    }

    private static Task OnlyMessagesFromOutside(HttpContext context, RequestDelegate next, int publicPort)
    {
        if (context.Connection.LocalPort != publicPort || context.Request.Path.Equals(ActivityEndpoint.Path, StringComparison.Ordinal))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static void Greet(WebApplication app, BotSettings settings, TeamsAdapter? teams)
    {
        // Port 0 becomes a real one only when it is bound.
        var address = settings.Public.Port == 0 ? app.Urls.First() : settings.Public.GetLeftPart(UriPartial.Authority);
        Console.WriteLine(Start.Heading(settings));
        Console.WriteLine($"MailFlowBot {Bot.VersionText} listens on {address}");
        if (teams is { IsRegistered: true })
        {
            Console.WriteLine($"  Teams  {address}{ActivityEndpoint.Path}");
        }
        else
        {
            Console.WriteLine($"  open  {address}/");
            Console.WriteLine($"  type  {Phrases.Say("en", "symptom.transport-inactive")}");
            Console.WriteLine($"        {Phrases.Say("ja", "symptom.transport-inactive")}");
            Console.WriteLine("  or    mailflowbot chat   (the same in this terminal)");
        }

        Console.WriteLine($"  data  {settings.DataFolder}");
    }
}
