namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Which of a server's endpoints a command is for.</summary>
public enum EndpointKind
{
    /// <summary>Configuration Microsoft.Exchange: Exchange cmdlets only, no language.</summary>
    Exchange,

    /// <summary>The restricted Windows endpoint (JEA) with the few Mfb functions; many sites have none.</summary>
    Windows,
}
