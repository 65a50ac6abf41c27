namespace MailFlowBot.Skills.Symptoms;

/// <summary>Collects signals: each kind and value once, where it first stands, and no more than a card can show.</summary>
internal sealed class SignalList(NormalizedText text)
{
    // Arbitrary; a real report has a dozen.
    private const int Limit = 200;

    private readonly Dictionary<(string Kind, string Value), Signal> _signals = [];

    public void Add(string kind, string value, int start, int length)
    {
        if (_signals.Count < Limit && length > 0)
            _signals.TryAdd((kind, value), text.Signal(kind, value, start, length));
    }

    public void AddTruncated() =>
        _signals.TryAdd(("truncated", ""), new Signal("truncated", "", NormalizedText.Limit, text.OriginalLength - NormalizedText.Limit));

    public bool Has(string kind, string value) => _signals.ContainsKey((kind, value));

    public IReadOnlyList<Signal> InOrder() =>
    [
        .. _signals.Values.OrderBy(signal => signal.Start)
            .ThenBy(signal => signal.Kind, StringComparer.Ordinal)
            .ThenBy(signal => signal.Value, StringComparer.Ordinal),
    ];
}
