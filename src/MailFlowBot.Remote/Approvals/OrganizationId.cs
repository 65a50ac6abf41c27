namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// The Exchange organisation that a plan is for; part of every plan digest, so that no approval for one organisation works in another.
/// </summary>
public readonly record struct OrganizationId
{
    private readonly string? _value;

    /// <exception cref="FormatException">Empty, too long, or with unprintable characters.</exception>
    public OrganizationId(string value) => _value = NameText.Check(value, "An organisation id");

    public string Value => _value ?? "";

    public override string ToString() => Value;
}
