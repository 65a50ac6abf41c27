using System.Collections.Immutable;

namespace MailFlowBot.Remote.Approvals;

/// <summary>The keys pinned on this host, by id. Set here only, never over a link. Immutable.</summary>
public sealed class TrustedKeys
{
    private readonly ImmutableDictionary<KeyId, TrustedKey> _keys;

    public TrustedKeys(params IEnumerable<TrustedKey> keys) =>
        _keys = keys.DistinctBy(key => key.Id).ToImmutableDictionary(key => key.Id);

    public IEnumerable<KeyId> Ids => _keys.Keys;

    public TrustedKey? Find(KeyId id) => _keys.GetValueOrDefault(id);
}
