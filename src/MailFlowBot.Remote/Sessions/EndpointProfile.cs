using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>What a kind of endpoint asks of a session.</summary>
/// <param name="Name">In the configuration.</param>
/// <param name="Account">Who this side is there.</param>
/// <param name="Shell">How its shells are made.</param>
internal sealed record EndpointProfile(EndpointName Name, EndpointAccount Account, ShellOptions Shell)
{
    // A forgotten shell of WinRM would stay for two hours; nobody thinks about one incident's question for longer than this.
    private static readonly TimeSpan WindowsIdle = TimeSpan.FromMinutes(15);

    /// <summary>Exchange's own: NoLanguage, one command at a time, idle times of its own.</summary>
    public static EndpointProfile Exchange(EndpointName name, EndpointAccount account, Uri address, string configuration = "Microsoft.Exchange") =>
        new(name, account, new ShellOptions(address.ToString(), configuration));

    /// <summary>PowerShell over WinRM, with the whole language; we send single commands all the same.</summary>
    public static EndpointProfile WinRm(EndpointName name, EndpointAccount account, Uri address, string configuration = "Microsoft.PowerShell") =>
        new(name, account, new ShellOptions(address.ToString(), configuration) { IdleTimeOut = WindowsIdle });

    /// <summary>A restricted endpoint (JEA): NoLanguage and the few functions of its role.</summary>
    public static EndpointProfile Jea(EndpointName name, EndpointAccount account, Uri address, string configuration) =>
        new(name, account, new ShellOptions(address.ToString(), configuration) { IdleTimeOut = WindowsIdle });

    /// <summary>For a session to it, its shell noted in the ledger under this process's name.</summary>
    public RemoteSessionOptions Options(ShellLedger? ledger = null) => new(Shell with { Name = ledger?.ShellName })
    {
        Ledger = ledger is null ? null : new LedgerPage(ledger, Name, Account.Name),
    };
}
