using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MailFlowBot.Channels.Teams;
using Microsoft.Extensions.Logging;

namespace MailFlowBot.Tests.Channels.Teams;

public sealed class LogTests
{
    [Fact]
    public async Task Logs_what_happened_and_never_tokens_texts_or_names()
    {
        var log = new Lines();
        var bot = new TeamsFixture { Logger = log };
        await bot.InitializeAsync();
        try
        {
            var token = bot.Token();
            using var refused = await bot.PostAsync(token[..^9] + "AAAAAAAAA", bot.Message("hidden-text"));
            bot.Inbox.OnMessage = _ => throw new InvalidOperationException("the work broke");
            bot.Connector.Fail(500);
            using var heard = await bot.PostAsync(token, bot.Message("hidden-text"));
            await bot.Inbox.NextMessageAsync();
            bot.Connector.Fail(403);
            await Assert.ThrowsAsync<ConnectorFailed>(
                () => bot.Channel.ReplyAsync(TeamsFixture.Conversation(bot.ServiceUrl), "hidden-text", [], default));
            using var clicked = await bot.PostAsync(token, bot.Click("fix.approve", new JsonObject { ["reason"] = "hidden-text" }));
            await Until.TrueAsync(() => log.All.Contains("the work broke", StringComparison.Ordinal));

            Assert.Contains("SignatureWrong", log.All, StringComparison.Ordinal);
            Assert.Contains("403", log.All, StringComparison.Ordinal);
            foreach (var secret in new[] { token[20..60], "connector-token", "not a secret", "hidden-text", "Megan" })
                Assert.DoesNotContain(secret, log.All, StringComparison.Ordinal);
        }
        finally
        {
            await bot.DisposeAsync();
        }
    }

    private sealed class Lines : ILogger<TeamsAdapter>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string All => string.Join('\n', _lines);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
