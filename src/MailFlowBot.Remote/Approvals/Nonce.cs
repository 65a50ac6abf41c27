using System.Security.Cryptography;

namespace MailFlowBot.Remote.Approvals;

/// <summary>A number used once (AISVS 9.2.8). The agent makes it when it registers a plan and takes it once.</summary>
public readonly record struct Nonce
{
    private readonly string? _value;

    /// <param name="value">32 lower-case hexadecimal digits.</param>
    /// <exception cref="FormatException">Not of that form.</exception>
    public Nonce(string value) => _value = HexText.Check(value, 16, "A nonce");

    public string Value => _value ?? "";

    public static Nonce New() => new(HexText.Of(RandomNumberGenerator.GetBytes(16)));

    public override string ToString() => Value;
}
