namespace MailFlowBot.Remote.Sessions;

/// <summary>Who this side is at endpoints. Exchange counts shells per account over all of its servers.</summary>
/// <param name="Name">As people know it; never a secret.</param>
/// <param name="ByPassword">True when a wrong secret could lock the account: its first logon then goes alone.</param>
internal sealed record EndpointAccount(string Name, bool ByPassword = false)
{
    /// <summary>The account that the process runs as.</summary>
    public static EndpointAccount Process { get; } = new("the account of the process");
}
