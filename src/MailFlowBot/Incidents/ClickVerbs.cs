namespace MailFlowBot.Incidents;

/// <summary>What a button asks for. Everything else a client sends is refused.</summary>
internal static class ClickVerbs
{
    public const string Approve = "fix.approve";
    public const string Reject = "fix.reject";
    public const string Details = "card.details";

    /// <summary>What a person typed into the paste-back box is to be read with what was reported before.</summary>
    public const string Paste = "card.paste";
}
