using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>
/// Reader and sender over the endpoints of a real organisation. Its clock is the system's. Servers do not wait for each other; calls to
/// one endpoint follow each other in one session, and all sessions of an account share its budget of shells.
/// </summary>
public sealed class RemoteEndpoints : IAsyncDisposable
{
    // A server under load takes its time for Get-ServerHealth; longer than this nobody waits at a card.
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan ReapLimit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<EndpointName, EndpointTarget> _targets = [];
    private readonly Func<HttpEndpoint, IWsmanTransport> _connect;
    private readonly ShellLedger? _ledger;
    private readonly ShellReaper? _reaper;
    private readonly SessionPool _sessions;

    /// <summary>Connects when the first read asks for it, not before.</summary>
    /// <param name="ledgerFolder">
    /// Where open shells are noted, so that a later process can delete what this one leaves behind; null keeps no notes.
    /// </param>
    /// <param name="trace">Records every exchange; null records nothing. Stays the caller's.</param>
    /// <exception cref="UriFormatException">A template is no address with a server's name in it.</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">No right to the folder.</exception>
    public RemoteEndpoints(RemoteOrganization organization, string? ledgerFolder = null, ExchangeTrace? trace = null)
        : this(organization, endpoint => Connect(endpoint, trace), ledgerFolder)
    {
    }

    internal RemoteEndpoints(RemoteOrganization organization, Func<HttpEndpoint, IWsmanTransport> connect, string? ledgerFolder = null)
    {
        ArgumentNullException.ThrowIfNull(organization);
        _connect = connect;
        var windows = organization.Windows is null ? [] : organization.WindowsServers ?? organization.Servers;
        foreach (var server in organization.Servers)
            Add(EndpointTarget.Of(EndpointKind.Exchange, organization.Exchange, server));
        foreach (var server in windows)
            Add(EndpointTarget.Of(EndpointKind.Windows, organization.Windows!, server));
        if (ledgerFolder is not null)
        {
            _ledger = ShellLedger.Open(ledgerFolder, TimeProvider.System);
            _reaper = new ShellReaper(_ledger, Find, AccountOf, ReapLimit, TimeProvider.System);
        }

        _sessions = new SessionPool(OpenAsync, new SessionPoolOptions
        {
            AccountOf = AccountOf,
            // Of Exchange's 18: the account is the bot's own, and two are left for whoever tries the same by hand.
            ShellsPerAccount = 16,
            Commands = CmdletNames.All,
            Reap = _reaper is { } reaper ? (name, cancellation) => reaper.ReapAsync([name], cancellation) : null,
        });
        var directory = new EndpointDirectory(organization.Servers, windows.Contains);
        Reader = new EndpointReader(
            _sessions, directory, TimeProvider.System, TimeProvider.System, ReadLimit,
            // An older server may have the Windows endpoint only.
            organization.SmtpProbe?.Prober([.. organization.Servers.Union(windows)], TimeProvider.System));
        Send = new EndpointSender(_sessions, directory).SendAsync;
    }

    /// <summary>Reads of the catalogue. Remote trouble is an answer, never an exception.</summary>
    public IExchangeReader Reader { get; }

    /// <summary>Carries out one change, at most once. For the execution agent only: it checks no grant.</summary>
    public Func<ChangeOperation, CancellationToken, Task<ChangeOutcome>> Send { get; }

    /// <summary>Deletes the shells that a process which is no more left on the servers; those that cannot be reached stay noted.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteLeftOversAsync(CancellationToken cancellationToken) =>
        _reaper is null ? 0 : (await _reaper.ReapAsync([], cancellationToken).ConfigureAwait(false)).Deleted;

    /// <summary>Deletes the shells on the servers and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sessions.DisposeAsync().ConfigureAwait(false);
        _ledger?.Dispose();
    }

    private static IWsmanTransport Connect(HttpEndpoint endpoint, ExchangeTrace? trace)
    {
        var transport = new HttpWsmanTransport(endpoint);
        return trace?.Record(transport) ?? transport;
    }

    private void Add(EndpointTarget target) => _targets.Add(target.Profile.Name, target);

    private EndpointAccount AccountOf(EndpointName name) =>
        _targets.TryGetValue(name, out var target) ? target.Profile.Account : EndpointAccount.Process;

    private (IWsmanTransport Transport, Wsman.ShellOptions Shell)? Find(EndpointName name) =>
        _targets.TryGetValue(name, out var target) ? (_connect(target.Http), target.Profile.Shell) : null;

    private async Task<RemoteSession> OpenAsync(EndpointName name, CancellationToken cancellation)
    {
        var target = _targets[name];
        IWsmanTransport transport;
        try
        {
            transport = _connect(target.Http);
        }
        catch (TransportException e)
        {
            throw new ConnectionLost(e.Delivery, e.Message, e);
        }

        var options = target.Profile.Options(_ledger) with { IsTransportEncrypted = target.IsEncrypted };
        return await RemoteSession.OpenAsync(transport, options, TimeProvider.System, cancellation).ConfigureAwait(false);
    }
}
