namespace MailFlowBot.Remote.Approvals;

/// <summary>The newest hash of a hash-chained log: of an incident's transcript, or of a journal.</summary>
public readonly record struct ChainHead
{
    /// <summary>The head of a chain without entries.</summary>
    public static readonly ChainHead Start = new(new string('0', 64));

    private readonly string? _value;

    /// <param name="value">64 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public ChainHead(string value) => _value = HexText.Check(value, 32, "A chain head");

    public string Value => _value ?? "";

    public static ChainHead Of(ReadOnlySpan<byte> entry) => new(HexText.Digest(entry));

    public override string ToString() => Value;
}
