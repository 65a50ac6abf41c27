using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailFlowBot.Cards;
using MailFlowBot.Channels;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Settings;
using MailFlowBot.Wording;

namespace MailFlowBot;

/// <summary>
/// <c>diagnose</c>: what a symptom text says, and what read-only checks of the configured organisation say to it. It opens no store,
/// starts no agent and registers no plan, so it works beside a running bot and where the bot is away.
/// </summary>
internal static class DiagnoseVerb
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Questions that follow when everything that was to be seen was seen and is as it should be.
    private static readonly FrozenSet<string> NothingDeviates = ["ask.which-server", "ask.all-active", "ask.all-active-alive", "ask.nothing-found"];

    /// <summary>What was typed.</summary>
    /// <param name="Path">A file, <c>-</c> for standard input; null: standard input where it is redirected or no server is named.</param>
    internal sealed record Typed(string? Path, IReadOnlyList<string> Servers, bool Json, string? Language);

    public static Task<int> RunAsync(Typed typed, CancellationToken cancellationToken) => Start.WithFilesAsync(async () =>
    {
        foreach (var name in typed.Servers.Where(name => !ServerName.TryParse(name, out _)))
            return Wrong($"--server: '{CardText.Shorten(CardText.Clean(name), 80)}' is no server name: 1 to 63 letters, digits or hyphens are expected.");
        if (Start.Settings(Start.Configuration()) is not { } settings)
            return Verbs.WrongUse;
        if (await TextAsync(typed, cancellationToken).ConfigureAwait(false) is not { } text)
            return Verbs.WrongUse;
        await (typed.Json ? Console.Error : Console.Out).WriteLineAsync(Start.Heading(settings)).ConfigureAwait(false);
        if (settings.Remote is { } organization)
        {
            var endpoints = new RemoteEndpoints(organization);
            await using (endpoints.ConfigureAwait(false))
                return await LookAsync(new LookOnly(endpoints.Reader, TimeProvider.System, [.. organization.Servers]), TimeProvider.System, settings, text, typed, cancellationToken).ConfigureAwait(false);
        }

        var time = new JumpingTime();
        var simulated = new SimulatedOrganization(time, Drills.Default);
        var inMemory = new SimulatedEndpoints(simulated);
        await using (inMemory.ConfigureAwait(false))
            return await LookAsync(new LookOnly(inMemory.Reader, time, simulated.Servers), time, settings, text, typed, cancellationToken).ConfigureAwait(false);
    });

    private static async Task<int> LookAsync(
        LookOnly look, TimeProvider time, BotSettings settings, string text, Typed typed, CancellationToken cancellationToken)
    {
        var (names, fromInventory) = await look.NamesAsync(cancellationToken).ConfigureAwait(false);
        var servers = typed.Servers.Select(name => new ServerName(name)).Distinct().ToList();
        if (fromInventory && servers.Find(server => !names.Contains(server)) is { Value.Length: > 0 } unknown)
            return Wrong($"--server: {unknown} is not in the inventory. There are: {string.Join(", ", names)}.");

        var looked = await look.RunAsync(text, names, servers, cancellationToken).ConfigureAwait(false);
        var language = typed.Language ?? (looked.Reading.Language == "ja" ? "ja" : "en");
        var now = time.GetUtcNow();
        var words = new Words(language, now);
        if (typed.Json)
        {
            await PrintAsync(writer => DiagnosisJson.Write(writer, looked, words), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var opened = new IncidentOpened(
                Cast.Alice, new Conversation("terminal", "diagnose"), language, settings.OrganizationId, settings.Remote is null, "mentions", null);
            await Console.Out.WriteLineAsync(DiagnosisText.Of(looked, opened, words, now)).ConfigureAwait(false);
        }

        if (!looked.AnythingSeen)
            await Console.Error.WriteLineAsync(Phrases.Say(language, "diagnose.nothing-seen")).ConfigureAwait(false);
        return Exit(looked);
    }

    /// <summary>What was not looked at, or not found out, is no sign of health: such a question does not end in 0.</summary>
    internal static int Exit(LookOnly.Looked looked) =>
        !looked.AnythingSeen ? Verbs.Unreachable
        : looked.Conclusion is { Findings.Count: 0, Refusal: null } conclusion && (conclusion.Ask is null || NothingDeviates.Contains(conclusion.Ask.Id)) ? Verbs.Fine
        : Verbs.Refusal;

    private static async Task<string?> TextAsync(Typed typed, CancellationToken cancellationToken)
    {
        // At a terminal, a named server needs no text.
        if (typed.Path is null && typed.Servers.Count > 0 && !Console.IsInputRedirected)
            return "";
        if (TextInput.Open("diagnose", typed.Path ?? "-") is not { } input)
            return null;
        using (input)
            return await TextInput.ReadAsync(input, ReadTexts.LongestText, cancellationToken).ConfigureAwait(false);
    }

    private static async Task PrintAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Format))
            write(writer);
        await Console.Out.WriteLineAsync(Encoding.UTF8.GetString(bytes.WrittenSpan).AsMemory(), cancellationToken).ConfigureAwait(false);
    }

    private static int Wrong(string text)
    {
        Console.Error.WriteLine("diagnose: " + text);
        return Verbs.WrongUse;
    }
}
