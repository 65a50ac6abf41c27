using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Deletes the shells that processes of this machine left behind, and no others: those that stand in ledgers of processes that are no
/// more, and those whose name says that such a process opened them and whose owner is our account.
/// </summary>
/// <param name="ledger">Of this process.</param>
/// <param name="connect">A connection to an endpoint, with how its shells are made; null when it is not configured any more.</param>
/// <param name="accountOf">The account at an endpoint.</param>
/// <param name="limit">Longest time for one endpoint.</param>
internal sealed class ShellReaper(
    ShellLedger ledger,
    Func<EndpointName, (IWsmanTransport Transport, ShellOptions Shell)?> connect,
    Func<EndpointName, EndpointAccount> accountOf,
    TimeSpan limit,
    TimeProvider time)
{
    // More would be a fault of ours elsewhere; the servers' idle time-out deals with them.
    private const int MostShells = 100;

    private static readonly TimeSpan AnswerMargin = TimeSpan.FromSeconds(10);

    private readonly FairGate _gate = new();

    /// <summary>For the start: all endpoints with something left over, and those given.</summary>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public async Task<ReapReport> ReapAsync(IEnumerable<EndpointName> endpoints, CancellationToken cancellation)
    {
        using var pass = await _gate.EnterAsync(cancellation).ConfigureAwait(false);
        var left = ledger.TakeOver().Take(MostShells).ToLookup(entry => new EndpointName(entry.Endpoint!));
        var reports = await Task.WhenAll(endpoints.Concat(left.Select(group => group.Key)).Distinct()
            .Select(endpoint => ReapAsync(endpoint, [.. left[endpoint]], cancellation))).ConfigureAwait(false);
        return reports.Aggregate(default(ReapReport), ReapReport.Add);
    }

    private async Task<ReapReport> ReapAsync(EndpointName endpoint, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        if (connect(endpoint) is not var (transport, shell))
            return new ReapReport(0, 0, entries.Count);
        await using var _ = transport.ConfigureAwait(false);
        var link = new ShellLink(transport, new ShellClient(shell, Guid.NewGuid), AnswerMargin, time);
        var client = new EnumerationClient(shell, Guid.NewGuid);
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var report = default(ReapReport);
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var entry in entries)
            {
                report += await DeleteAsync(link, client, new ShellDescription(new ShellId(entry.Shell), entry.Resource), either.Token)
                    .ConfigureAwait(false);
                done.Add(entry.Shell);
            }

            foreach (var stale in await FindAsync(link, client, endpoint, done, either.Token).ConfigureAwait(false))
                report += await DeleteAsync(link, client, stale, either.Token).ConfigureAwait(false);
            return report;
        }
        catch (RemoteException)
        {
            return report + new ReapReport(0, 0, entries.Count - done.Count);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return report + new ReapReport(0, 0, entries.Count - done.Count);
        }
    }

    private async Task<ReapReport> DeleteAsync(
        ShellLink link, EnumerationClient client, ShellDescription shell, CancellationToken cancellation)
    {
        switch (await link.AskAsync(client.Delete(shell), cancellation).ConfigureAwait(false))
        {
            case WsmanResponse.Deleted:
                ledger.Closed(shell.Id);
                return new ReapReport(1, 0, 0);
            case WsmanResponse.Faulted { Fault.IsShellGone: true }:
                ledger.Closed(shell.Id);
                return new ReapReport(0, 1, 0);
            default:
                return new ReapReport(0, 0, 1);
        }
    }

    /// <summary>Ours by their names; empty where the endpoint keeps no list or does not show it.</summary>
    private async Task<IReadOnlyList<ShellDescription>> FindAsync(
        ShellLink link, EnumerationClient client, EndpointName endpoint, HashSet<string> known, CancellationToken cancellation)
    {
        if (await link.AskAsync(client.Shells(), cancellation).ConfigureAwait(false) is not WsmanResponse.Enumerated list)
            return [];
        var living = ledger.Living();
        var user = UserOf(accountOf(endpoint).Name);
        return
        [
            .. list.Shells.Where(shell => !known.Contains(shell.Id.Value)
                && shell.Name is { } name
                && name.StartsWith(ShellLedger.NamePrefix, StringComparison.OrdinalIgnoreCase)
                && !living.Contains(name[ShellLedger.NamePrefix.Length..])
                && shell.Owner is { } owner
                && string.Equals(UserOf(owner), user, StringComparison.OrdinalIgnoreCase)).Take(MostShells),
        ];
    }

    // DOMAIN\user, user@realm, user.
    private static string UserOf(string account) => account.Split('\\')[^1].Split('@')[0];
}
