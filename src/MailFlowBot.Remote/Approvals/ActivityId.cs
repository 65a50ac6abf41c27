namespace MailFlowBot.Remote.Approvals;

/// <summary>The click or message that a decision was made with, as the channel names it.</summary>
public readonly record struct ActivityId
{
    private readonly string? _value;

    /// <exception cref="FormatException">Empty, too long, or with unprintable characters.</exception>
    public ActivityId(string value) => _value = NameText.Check(value, "An activity id");

    public string Value => _value ?? "";

    public override string ToString() => Value;
}
