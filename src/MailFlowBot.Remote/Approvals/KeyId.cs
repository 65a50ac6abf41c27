namespace MailFlowBot.Remote.Approvals;

/// <summary>The name of a public key: the first 16 bytes of SHA-256 over its SubjectPublicKeyInfo (RFC 5280 4.1.2.7).</summary>
public readonly record struct KeyId
{
    private readonly string? _value;

    /// <param name="value">32 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public KeyId(string value) => _value = HexText.Check(value, 16, "A key id");

    public string Value => _value ?? "";

    public static KeyId Of(ReadOnlySpan<byte> subjectPublicKeyInfo) => new(HexText.Digest(subjectPublicKeyInfo)[..32]);

    public override string ToString() => Value;
}
