namespace MailFlowBot.Remote.Approvals;

/// <summary>An ECDSA P-256 signature in the fixed form r, s (IEEE P1363).</summary>
public readonly record struct Signature
{
    private readonly string? _value;

    /// <param name="value">128 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public Signature(string value) => _value = HexText.Check(value, 64, "A signature");

    public string Value => _value ?? "";

    public override string ToString() => Value;
}
