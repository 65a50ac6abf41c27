using System.Collections.Concurrent;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Teams;

/// <summary>The newest service URL of each thread: Teams moves conversations, and old addresses stop answering.</summary>
internal sealed class ThreadAddresses
{
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<string, ServiceUrl> _addresses = new(StringComparer.Ordinal);

    public void Note(AdmittedActivity activity)
    {
        // Forgetting is harmless: the incident itself keeps an address too.
        if (_addresses.Count >= MaxKept)
            _addresses.Clear();
        _addresses[activity.Thread] = activity.Address;
    }

    /// <exception cref="ConnectorFailed">No address is known.</exception>
    public ServiceUrl Of(Conversation conversation) =>
        _addresses.TryGetValue(conversation.Thread, out var newest) ? newest
        : ServiceUrl.TryParse(conversation.ServiceUrl, out var kept) ? kept
        : throw new ConnectorFailed(ConnectorFault.AddressNotAllowed, "No service URL of the conversation is known.");
}
