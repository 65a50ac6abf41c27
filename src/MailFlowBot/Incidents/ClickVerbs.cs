namespace MailFlowBot.Incidents;

/// <summary>What a button asks for. Everything else a client sends is refused.</summary>
internal static class ClickVerbs
{
    public const string Approve = "fix.approve";
    public const string Reject = "fix.reject";
    public const string Details = "card.details";
}
