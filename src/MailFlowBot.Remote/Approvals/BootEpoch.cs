using System.Security.Cryptography;

namespace MailFlowBot.Remote.Approvals;

/// <summary>One start of an agent. A plan registered before a restart is refused after it: what was read then may be long past.</summary>
public readonly record struct BootEpoch
{
    private readonly string? _value;

    /// <param name="value">32 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public BootEpoch(string value) => _value = HexText.Check(value, 16, "A boot epoch");

    public string Value => _value ?? "";

    public static BootEpoch New() => new(HexText.Of(RandomNumberGenerator.GetBytes(16)));

    public override string ToString() => Value;
}
