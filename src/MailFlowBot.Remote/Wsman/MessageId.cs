namespace MailFlowBot.Remote.Wsman;

/// <summary>a:MessageID, a URI as text; ours are <c>uuid:</c> and a GUID in upper case as WinRM writes it.</summary>
internal readonly record struct MessageId(string Value)
{
    public static MessageId From(Guid value) => new(WsmanIds.Uuid(value));

    public bool Equals(MessageId other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    public override string ToString() => Value ?? string.Empty;
}
