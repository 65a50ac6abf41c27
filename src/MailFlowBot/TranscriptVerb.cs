using MailFlowBot.Cards;
using MailFlowBot.Incidents;
using MailFlowBot.Settings;
using MailFlowBot.Storage.Sqlite;
using MailFlowBot.Transcripts;

namespace MailFlowBot;

/// <summary><c>transcript list|export|verify|key</c>. They open the store and nothing else, so they also work while the bot runs or is broken.</summary>
internal static class TranscriptVerb
{
    private static readonly TranscriptCommands Commands = new(Console.Out, Console.Error, Language());

    public static Task<int> ListAsync(bool json, CancellationToken cancellationToken) =>
        WithStoreAsync((store, _) => Commands.ListAsync(store, json, cancellationToken));

    public static Task<int> ExportAsync(string id, string format, string? file, string? language, CancellationToken cancellationToken) =>
        WithStoreAsync(async (store, settings) =>
        {
            using var key = InstallationKey.LoadOrCreate(settings.SigningKeyPath);
            return await Commands.ExportAsync(
                new ExportTranscript(store, key, Words.TrySay, baseUrl: null), id, format, file, language, cancellationToken).ConfigureAwait(false);
        });

    public static Task<int> VerifyAsync(string file, string? key, CancellationToken cancellationToken) => Start.WithFilesAsync(async () =>
        Start.Settings(Start.Configuration()) is { } settings
            ? await Commands.VerifyAsync(file, key, settings.SigningKeyPath, cancellationToken).ConfigureAwait(false)
            : Verbs.WrongUse);

    public static Task<int> KeyAsync() => Start.WithFilesAsync(async () =>
    {
        if (Start.Settings(Start.Configuration()) is not { } settings)
            return Verbs.WrongUse;
        // Whoever writes a policy needs the key before the first start.
        Directory.CreateDirectory(settings.DataFolder);
        return await Commands.KeyAsync(settings.SigningKeyPath).ConfigureAwait(false);
    });

    private static Task<int> WithStoreAsync(Func<IIncidentStore, BotSettings, Task<int>> run) => Start.WithFilesAsync(async () =>
    {
        if (Start.Settings(Start.Configuration()) is not { } settings)
            return Verbs.WrongUse;
        Directory.CreateDirectory(settings.DataFolder);
        var store = SqliteIncidentStore.Open(settings.StorePath, TimeProvider.System.GetUtcNow());
        await using (store.ConfigureAwait(false))
            return await run(store, settings).ConfigureAwait(false);
    });

    private static string Language() => System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "ja" : "en";
}
