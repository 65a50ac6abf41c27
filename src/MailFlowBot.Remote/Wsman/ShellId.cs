namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Identity of a shell as text. The client proposes a GUID, but what the answer says counts, whatever its form; case does not
/// matter.
/// </summary>
internal readonly record struct ShellId(string Value)
{
    public static ShellId From(Guid value) => new(WsmanIds.Text(value));

    public bool Equals(ShellId other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    public override string ToString() => Value ?? string.Empty;
}
