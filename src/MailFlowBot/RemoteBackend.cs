using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Settings;
using MailFlowBot.Transcripts;

namespace MailFlowBot;

/// <summary>
/// A real organisation with an execution agent in this process. Its journal outlives it: what was begun before a crash is read back at
/// the next start, and nothing is sent a second time.
/// </summary>
internal sealed class RemoteBackend : Backend
{
    private readonly RemoteEndpoints _endpoints;
    private readonly Journal _journal;
    private readonly ApprovalKey _agentKey;
    private readonly ExecutionAgent _agent;

    private RemoteBackend(AgentSettings settings, RemoteEndpoints endpoints, Journal journal, ApprovalKey agentKey, TrustedKeys keys)
    {
        _endpoints = endpoints;
        _journal = journal;
        _agentKey = agentKey;
        _agent = new ExecutionAgent(
            settings.Name, endpoints.Reader, endpoints.Send, settings.Policy, keys, journal, agentKey, TimeProvider.System, TimeProvider.System,
            settings.Limits);
    }

    public override IExchangeReader Reader => _endpoints.Reader;

    public override ExecutionAgent Agent => _agent;

    public override TimeProvider Time => TimeProvider.System;

    /// <param name="endpoints">Becomes the backend's own.</param>
    /// <exception cref="JournalDamagedException">The journal does not fit; nothing is begun anew.</exception>
    /// <exception cref="IOException">The journal or the key cannot be used, or another agent has the journal.</exception>
    /// <exception cref="ApprovalFormatException">The agent's key file holds none, or it is the one that signs approvals.</exception>
    public static async Task<RemoteBackend> OpenAsync(
        BotSettings settings, AgentSettings agent, RemoteEndpoints endpoints, ApprovalKey signingKey)
    {
        Journal? journal = null;
        ApprovalKey? key = null;
        try
        {
            journal = Journal.Open(settings.JournalPath);
            key = InstallationKey.LoadOrCreate(agent.KeyPath);
            if (key.Id == signingKey.Id || agent.Policy.TrustedKeys.Contains(key.Id))
                throw new ApprovalFormatException($"{agent.KeyPath} is a key that signs approvals. Name another file as Agent:Key; it is made at the next start.");
            var trusted = agent.TrustedKeys.Count > 0 ? agent.TrustedKeys : [signingKey.Public];
            return new RemoteBackend(agent, endpoints, journal, key, new TrustedKeys(trusted));
        }
        catch
        {
            key?.Dispose();
            journal?.Dispose();
            await endpoints.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override Task<IReadOnlyList<ExecutionReport>> ResolveUnfinishedAsync(CancellationToken cancellationToken) =>
        _agent.ResolveUnfinishedAsync(cancellationToken);

    public override Task TidyAsync(CancellationToken cancellationToken) => _endpoints.DeleteLeftOversAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _journal.Dispose();
        _agentKey.Dispose();
        await _endpoints.DisposeAsync().ConfigureAwait(false);
    }
}
