namespace MailFlowBot.Remote.Approvals;

/// <summary>SHA-256 over the canonical bytes of a plan: what people approve.</summary>
public readonly record struct PlanDigest
{
    private readonly string? _value;

    /// <param name="value">64 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public PlanDigest(string value) => _value = HexText.Check(value, 32, "A plan digest");

    public string Value => _value ?? "";

    public static PlanDigest Of(ReadOnlySpan<byte> canonicalPlan) => new(HexText.Digest(canonicalPlan));

    public override string ToString() => Value;
}
