namespace MailFlowBot.Remote.Approvals;

/// <summary>The execution agent that registered a plan; no other one carries it out.</summary>
public readonly record struct AgentName
{
    private readonly string? _value;

    /// <exception cref="FormatException">Empty, too long, or with unprintable characters.</exception>
    public AgentName(string value) => _value = NameText.Check(value, "An agent name");

    public string Value => _value ?? "";

    public override string ToString() => Value;
}
