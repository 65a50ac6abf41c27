using System.Text.Json.Nodes;
using MailFlowBot.Access;
using MailFlowBot.Approvals;
using MailFlowBot.Channels;
using MailFlowBot.Incidents;
using MailFlowBot.Settings;

namespace MailFlowBot.Tests.Journeys;

/// <summary>The whole bot on a store of its own, with a channel that keeps what it was told to show.</summary>
internal sealed class Journey : IAsyncDisposable
{
    public static readonly Conversation Thread = new("recorded", "thread-1");

    private readonly List<string> _faults = [];
    private int _messages;

    private Journey(Bot bot, string folder)
    {
        Bot = bot;
        Folder = folder;
        bot.Add(Channel);
    }

    public Bot Bot { get; }

    public string Folder { get; }

    public RecordedChannel Channel { get; } = new();

    public IReadOnlyList<string> Faults => _faults;

    public static BotSettings Settings(string folder) => new(
        new Uri("http://127.0.0.1:0"),
        new Uri("http://127.0.0.1:0"),
        "test",
        new AccessList(Cast.Tenant, [Cast.Alice, Cast.Bob, Cast.Carol], [Cast.Bob, Cast.Carol]),
        new ApprovalRules(RequireReason: true, QuorumA: 1, QuorumB: 2),
        TimeSpan.FromMinutes(15),
        folder);

    public static async Task<Journey> BeginAsync(string? drill = null, Func<BotSettings, BotSettings>? change = null)
    {
        var folder = Path.Combine(Path.GetTempPath(), "mailflowbot-tests", Guid.NewGuid().ToString("N"));
        var faults = new List<string>();
        var settings = Settings(folder);
        var bot = await Bot.OpenAsync(change?.Invoke(settings) ?? settings, (what, fault) => faults.Add($"{what}: {fault}"), CancellationToken.None);
        var journey = new Journey(bot, folder);
        if (drill is not null)
            await journey.SayAsync(Cast.Alice, "drill " + drill);
        journey._faults.AddRange(faults);
        return journey;
    }

    /// <summary>Says it and waits for everything that follows from it.</summary>
    public async Task SayAsync(Person person, string text, Conversation? thread = null)
    {
        await Bot.Inbox.Message(new IncomingMessage(thread ?? Thread, person, "m-" + ++_messages, text, null), CancellationToken.None);
        await Bot.Backlog.WhenIdleAsync();
    }

    /// <summary>The newest incident, after everything that happened.</summary>
    public async Task<Incident> IncidentAsync()
    {
        var newest = (await Bot.Store.ListAsync(CancellationToken.None))[0];
        return (await Bot.Log.FindAsync(newest.Id, CancellationToken.None))!;
    }

    /// <summary>A click with the values that the card's button carries, changed where a test wants.</summary>
    public async Task<IncomingClick> ButtonAsync(Person person, string verb, string? reason, Action<Dictionary<string, string>>? change = null)
    {
        var incident = await IncidentAsync();
        var values = new Dictionary<string, string> { ["i"] = incident.Id.ToString() };
        if (incident.Plan is { } plan)
        {
            values["t"] = plan.ClickToken;
            values["d"] = plan.Digest;
        }

        if (reason is not null)
            values["reason"] = reason;
        change?.Invoke(values);
        return new IncomingClick(Thread, person, "c-" + ++_messages, verb, values, incident.CardMessage, null);
    }

    public async Task<ClickAnswer> ClickAsync(
        Person person, string verb, string? reason = "asked the owner", Action<Dictionary<string, string>>? change = null)
    {
        var answer = await Bot.Inbox.Click(await ButtonAsync(person, verb, reason, change), CancellationToken.None);
        await Bot.Backlog.WhenIdleAsync();
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A channel at the wire: it keeps what was posted, edited and replied.</summary>
internal sealed class RecordedChannel : IChannel
{
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _cards = [];
    private readonly List<string> _replies = [];
    private readonly List<string> _shown = [];

    public string Name => "recorded";

    public JsonObject NewestCard
    {
        get
        {
            lock (_lock)
                return _cards[^1];
        }
    }

    /// <summary>Every version of every card that was shown, as JSON.</summary>
    public IReadOnlyList<string> Shown
    {
        get
        {
            lock (_lock)
                return [.. _shown];
        }
    }

    public IReadOnlyList<string> Replies
    {
        get
        {
            lock (_lock)
                return [.. _replies];
        }
    }

    public Task<string> PostCardAsync(Conversation conversation, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _cards.Add(card);
            _shown.Add(card.ToJsonString());
            return Task.FromResult($"card-{_cards.Count}");
        }
    }

    public Task UpdateCardAsync(
        Conversation conversation, string messageId, JsonObject card, string summary, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _cards[int.Parse(messageId["card-".Length..], System.Globalization.CultureInfo.InvariantCulture) - 1] = card;
            _shown.Add(card.ToJsonString());
        }

        return Task.CompletedTask;
    }

    public Task ReplyAsync(Conversation conversation, string text, IReadOnlyList<Person> mention, CancellationToken cancellationToken)
    {
        lock (_lock)
            _replies.Add(text);
        return Task.CompletedTask;
    }
}
