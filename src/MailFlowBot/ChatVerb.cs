using System.Text;
using MailFlowBot.Channels;
using MailFlowBot.Channels.Terminal;

namespace MailFlowBot;

/// <summary><c>chat</c>: the terminal playground, by hand or from a script.</summary>
internal static class ChatVerb
{
    public static Task<int> RunAsync(string speaker, string? language, FileInfo? script, CancellationToken cancellationToken) =>
        Start.WithFilesAsync(async () =>
        {
            if (Cast.Find(speaker) is not { } person)
            {
                await Console.Error.WriteLineAsync(
                    $"Nobody is called '{speaker}'. There are: {string.Join(", ", Cast.All.Select(known => known.Name))}.").ConfigureAwait(false);
                return Verbs.WrongUse;
            }

            if (script is { Exists: false })
            {
                await Console.Error.WriteLineAsync($"There is no file {script.FullName}.").ConfigureAwait(false);
                return Verbs.WrongUse;
            }

            if (Start.Settings(Start.Configuration()) is not { } settings)
                return Verbs.WrongUse;
            var output = TextWriter.Synchronized(Console.Out);
            var bot = await Bot.OpenAsync(settings, Start.Failed, cancellationToken).ConfigureAwait(false);
            await using (bot.ConfigureAwait(false))
            {
                var channel = new TerminalChannel(output);
                bot.Add(channel);
                Start.Warn(settings, bot);
                await output.WriteLineAsync($"{Start.Heading(settings)} · data in {settings.DataFolder}").ConfigureAwait(false);
                if (script is null)
                    await output.WriteLineAsync("Type what you see, or help. /as NAME, /click TITLE [reason=…], /drill NAME, /cards, /json, /quit").ConfigureAwait(false);
                var session = new TerminalSession(channel, bot.Inbox, bot.Backlog.WhenIdleAsync, bot.Log, output, person, language);
                using var input = script is null
                    ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8)
                    : new StreamReader(script.FullName, Encoding.UTF8);
                var all = await session.RunAsync(input, echo: script is not null, cancellationToken).ConfigureAwait(false);
                return all ? Verbs.Fine : Verbs.Refusal;
            }
        });
}
