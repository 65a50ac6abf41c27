using System.Reflection;
using MailFlowBot.Approvals;
using MailFlowBot.Channels;
using MailFlowBot.Conversing;
using MailFlowBot.Diagnosing;
using MailFlowBot.Hosting;
using MailFlowBot.Incidents;
using MailFlowBot.Remediations;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Simulation;
using MailFlowBot.Settings;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Storage.Sqlite;
using MailFlowBot.Transcripts;

namespace MailFlowBot;

/// <summary>
/// Joins the parts: store, simulated organisation behind the real codec, agent, use cases and channels. Composition only; every rule is
/// in the part it belongs to.
/// </summary>
internal sealed class Bot : IAsyncDisposable
{
    private readonly Dictionary<string, IChannel> _channels = [];
    private readonly SimulatedBackend _backend;
    private readonly ExpirePlans _expiry;

    private Bot(BotSettings settings, SqliteIncidentStore store, ApprovalKey key, SimulatedBackend backend, Action<string, Exception> failed)
    {
        var time = TimeProvider.System;
        _backend = backend;
        Store = store;
        SigningKey = key;
        Log = new IncidentLog(store, time);
        Backlog = new Backlog(failed);
        Surroundings = new Surroundings(settings.OrganizationId, Simulated: true, VersionText);

        var propose = new ProposeFix(Log, backend, settings.Approvals, new OrganizationId(settings.OrganizationId));
        var freezing = new Freezing(Log, () => backend.Agent, propose, Surroundings);
        var approve = new ApproveFix(Log, settings.Access, settings.Approvals, new ApprovalSigner(key), () => freezing.IsFrozen, time);
        var diagnosis = new RunDiagnosis(Log, store, backend.Reader, backend.Time);
        var diagnose = new DiagnoseAndPropose(Log, diagnosis, propose);
        var run = new RunFix(Log, backend, propose, (id, servers, quiet, token) =>
            diagnose.RunAsync(id, SymptomReader.Read("", [.. servers]), servers, quiet, token));
        var report = new ReportSymptom(Log, _channels, backend.Reader, diagnose, Surroundings, Backlog);
        var drills = new DrillBook(
            DrillNames, backend.StartAsync, name => Drills.Named(name)?.Server);
        var command = new AnswerCommand(Log, store, settings.Access, backend.Reader, report, freezing, Surroundings, drills);
        var message = new AnswerMessage(Log, store, _channels, settings.Access, report, command);
        var click = new AnswerClick(Log, _channels, settings.Access, approve, run, freezing, Backlog);

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

    /// <summary>The organisation that stands in for a real one.</summary>
    public SimulatedOrganization Organization => _backend.Organization;

    public IReadOnlyList<string> DrillNames { get; } = [.. Drills.All.Select(drill => drill.Name)];

    public Inbox Inbox { get; }

    public IncidentLog Log { get; }

    public IIncidentStore Store { get; }

    public ApprovalKey SigningKey { get; }

    public Backlog Backlog { get; }

    /// <param name="failed">Told of every fault of background work.</param>
    /// <exception cref="Storage.StoreUnusable">The store cannot be used; it says which file and what to do.</exception>
    public static async Task<Bot> OpenAsync(BotSettings settings, Action<string, Exception> failed, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.DataFolder);
        var store = SqliteIncidentStore.Open(settings.StorePath, TimeProvider.System.GetUtcNow());
        var key = InstallationKey.LoadOrCreate(settings.SigningKeyPath);
        var backend = SimulatedBackend.Open(settings, key);
        var bot = new Bot(settings, store, key, backend, failed);
        await bot._expiry.WatchAsync(cancellationToken).ConfigureAwait(false);
        return bot;
    }

    public void Add(IChannel channel) => _channels.Add(channel.Name, channel);

    public async ValueTask DisposeAsync()
    {
        _expiry.Dispose();
        await Backlog.DisposeAsync().ConfigureAwait(false);
        await _backend.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
        SigningKey.Dispose();
    }
}
