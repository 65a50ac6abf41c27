namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Which endpoint a session goes to: the name in the configuration, usually the server's. Case does not matter.
/// </summary>
internal readonly record struct EndpointName(string Value)
{
    public bool Equals(EndpointName other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    public override string ToString() => Value ?? string.Empty;
}
