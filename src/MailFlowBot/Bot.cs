using System.Reflection;
using MailFlowBot.Approvals;
using MailFlowBot.Channels;
using MailFlowBot.Conversing;
using MailFlowBot.Diagnosing;
using MailFlowBot.Hosting;
using MailFlowBot.Incidents;
using MailFlowBot.Remediations;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Settings;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Storage.Sqlite;
using MailFlowBot.Transcripts;

namespace MailFlowBot;

/// <summary>
/// Joins the parts: store, organisation, agent, use cases and channels. Composition only; every rule is in the part it belongs to.
/// </summary>
internal sealed class Bot : IAsyncDisposable
{
    private readonly Dictionary<string, IChannel> _channels = [];
    private readonly Backend _backend;
    private readonly RunFix _run;
    private readonly ExpirePlans _expiry;

    private Bot(BotSettings settings, SqliteIncidentStore store, ApprovalKey key, Backend backend, Action<string, Exception> failed)
    {
        var time = TimeProvider.System;
        _backend = backend;
        Store = store;
        SigningKey = key;
        SignatureCounts = settings.Agent is not { } agent || agent.Policy.TrustedKeys.Contains(key.Id);
        Log = new IncidentLog(store, time);
        Backlog = new Backlog(failed);
        Surroundings = new Surroundings(
            settings.OrganizationId, Simulated: settings.Remote is null, VersionText, settings.Agent is { RiskAccepted: true } ? true : null);

        var propose = new ProposeFix(Log, backend, settings.Approvals, new OrganizationId(settings.OrganizationId), settings.ReadOnly);
        var freezing = new Freezing(Log, () => backend.Agent, propose, Surroundings);
        var approve = new ApproveFix(
            Log, settings.Access, settings.Approvals, new ApprovalSigner(key), () => freezing.IsFrozen, settings.ReadOnly, time);
        var diagnosis = new RunDiagnosis(Log, store, backend.Reader, backend.Time);
        var diagnose = new DiagnoseAndPropose(Log, diagnosis, propose);
        _run = new RunFix(Log, backend, propose, (id, servers, quiet, token) =>
            diagnose.RunAsync(id, SymptomReader.Read("", [.. servers]), servers, quiet, token));
        var report = new ReportSymptom(Log, _channels, backend.Reader, diagnose, Surroundings, Backlog);
        var command = new AnswerCommand(Log, store, settings.Access, backend.Reader, report, freezing, Surroundings, backend.Drills);
        var message = new AnswerMessage(Log, store, _channels, settings.Access, report, command);
        var click = new AnswerClick(Log, _channels, settings.Access, approve, _run, freezing, report, Backlog);

        Inbox = new Inbox(message.HandleAsync, click.HandleAsync);
        _expiry = new ExpirePlans(Log, store, Backlog, time);
        new SignCheckpoints(Log, key, Backlog).Watch();
        new CardPresenter(Log, _channels, Backlog, settings.Access, time).Watch();
        Log.Appended += incident =>
        {
            if (incident.Events[^1].Event is PlanProposed)
                backend.PlanShown();
        };
    }

    public static string VersionText { get; } =
        typeof(Bot).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public Surroundings Surroundings { get; }

    public Backend Backend => _backend;

    /// <summary>Empty where the organisation is real.</summary>
    public IReadOnlyList<string> DrillNames => _backend.Drills?.Names ?? [];

    public Inbox Inbox { get; }

    public IncidentLog Log { get; }

    public IIncidentStore Store { get; }

    public ApprovalKey SigningKey { get; }

    /// <summary>False: whatever people approve, the agent's policy does not count this installation's signature.</summary>
    public bool SignatureCounts { get; }

    public Backlog Backlog { get; }

    /// <param name="failed">Told of every fault of background work.</param>
    /// <exception cref="Storage.StoreUnusable">The store cannot be used; it says which file and what to do.</exception>
    public static async Task<Bot> OpenAsync(BotSettings settings, Action<string, Exception> failed, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.DataFolder);
        var store = SqliteIncidentStore.Open(settings.StorePath, TimeProvider.System.GetUtcNow());
        var key = InstallationKey.LoadOrCreate(settings.SigningKeyPath);
        Backend backend = settings is { Remote: { } organization, Agent: { } agent }
            ? await RemoteBackend.OpenAsync(settings, agent, new RemoteEndpoints(organization, Path.Combine(settings.DataFolder, "shells")), key).ConfigureAwait(false)
            : SimulatedBackend.Open(settings, key);
        var bot = new Bot(settings, store, key, backend, failed);
        await bot._expiry.WatchAsync(cancellationToken).ConfigureAwait(false);
        bot.Backlog.Run("shells that a former process left behind", backend.TidyAsync);
        // In the background: reading back takes minutes where a server is down, and people want to ask before that.
        bot.Backlog.Run("plans that a former start began", bot.ResumeAsync);
        return bot;
    }

    public void Add(IChannel channel) => _channels.Add(channel.Name, channel);

    private async Task ResumeAsync(CancellationToken cancellationToken) =>
        await _run.ResumeAsync(Store, await _backend.ResolveUnfinishedAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        _expiry.Dispose();
        await Backlog.DisposeAsync().ConfigureAwait(false);
        await _backend.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
        SigningKey.Dispose();
    }
}
