namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Who set a component state. Each requester keeps its own entry per component and only the same requester lifts it
/// (KB 2958835). Compared without case: real servers spell both HealthAPI and HealthApi.
/// </summary>
public readonly record struct Requester(string Value)
{
    public static readonly Requester Functional = new("Functional");
    public static readonly Requester Maintenance = new("Maintenance");
    public static readonly Requester HealthApi = new("HealthAPI");
    public static readonly Requester Sidelined = new("Sidelined");
    public static readonly Requester Deployment = new("Deployment");

    /// <summary>An entry is there, but whose it is could not be read.</summary>
    public static readonly Requester NotTold = new("not-told");

    public bool Equals(Requester other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value ?? "");

    public override string ToString() => Value;
}
