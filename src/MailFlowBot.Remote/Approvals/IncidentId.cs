namespace MailFlowBot.Remote.Approvals;

/// <summary>The incident that a plan belongs to.</summary>
public readonly record struct IncidentId
{
    private readonly string? _value;

    /// <exception cref="FormatException">Empty, too long, or with unprintable characters.</exception>
    public IncidentId(string value) => _value = NameText.Check(value, "An incident id");

    public string Value => _value ?? "";

    public override string ToString() => Value;
}
