namespace MailFlowBot.Remote.Approvals;

/// <summary>Where a decision was made: the channel thread or chat, as the channel names it.</summary>
public readonly record struct ConversationId
{
    private readonly string? _value;

    /// <exception cref="FormatException">Empty, too long, or with unprintable characters.</exception>
    public ConversationId(string value) => _value = NameText.Check(value, "A conversation id");

    public string Value => _value ?? "";

    public override string ToString() => Value;
}
