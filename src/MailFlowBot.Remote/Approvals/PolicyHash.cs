namespace MailFlowBot.Remote.Approvals;

/// <summary>SHA-256 over the canonical bytes of an agent's policy; stands in every journal entry.</summary>
public readonly record struct PolicyHash
{
    private readonly string? _value;

    /// <param name="value">64 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public PolicyHash(string value) => _value = HexText.Check(value, 32, "A policy hash");

    public string Value => _value ?? "";

    public static PolicyHash Of(ReadOnlySpan<byte> canonicalPolicy) => new(HexText.Digest(canonicalPolicy));

    public override string ToString() => Value;
}
