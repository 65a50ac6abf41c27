using System.Collections.Concurrent;
using MailFlowBot.Access;
using MailFlowBot.Incidents;
using MailFlowBot.Wording;

namespace MailFlowBot.Conversing;

/// <summary>What the bot does with a message that was addressed to it: a command, a report, or a word that means nothing.</summary>
internal sealed class AnswerMessage(
    IncidentLog log, IIncidentStore store, IReadOnlyDictionary<string, IChannel> channels, AccessList access,
    ReportSymptom report, AnswerCommand command)
{
    private readonly ConcurrentDictionary<(string Channel, string Thread), string> _languages = new();

    public async Task HandleAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        var language = LanguageOf(message);
        if (!access.MayRead(message.From))
        {
            await ReplyAsync(message, Phrases.Say(language, "talk.not-a-reader"), cancellationToken).ConfigureAwait(false);
            return;
        }

        var open = await store.FindOpenAsync(message.Conversation, cancellationToken).ConfigureAwait(false);
        var incident = open is { } id ? await log.FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
        var intent = Interpreter.Interpret(message.Text);
        switch (intent)
        {
            case Intent.Report symptom:
                await report.HandleAsync(message with { Text = symptom.Text }, incident, _languages.GetValueOrDefault(Key(message)), cancellationToken)
                    .ConfigureAwait(false);
                return;
            case Intent.Speak speak:
                _languages[Key(message)] = speak.Language;
                if (incident is not null)
                    await log.AppendAsync(incident.Id, new LanguageChosen(message.From, speak.Language), cancellationToken).ConfigureAwait(false);
                await ReplyAsync(message, Phrases.Say(speak.Language, "talk.language"), cancellationToken).ConfigureAwait(false);
                return;
            default:
                var lines = await command.HandleAsync(message, intent, incident, language, cancellationToken).ConfigureAwait(false);
                if (lines.Count > 0)
                    await ReplyAsync(message, string.Join('\n', lines), cancellationToken).ConfigureAwait(false);
                return;
        }
    }

    private Task ReplyAsync(IncomingMessage message, string text, CancellationToken cancellationToken) =>
        channels[message.Conversation.Channel].ReplyAsync(message.Conversation, text, [], cancellationToken);

    private string LanguageOf(IncomingMessage message) =>
        _languages.GetValueOrDefault(Key(message)) ?? message.Language ?? (message.Text.Any(IsKana) ? "ja" : "en");

    private static (string, string) Key(IncomingMessage message) => (message.Conversation.Channel, message.Conversation.Thread);

    private static bool IsKana(char character) => character is >= '\u3040' and <= '\u30FF';
}
