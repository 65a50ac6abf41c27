using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>What one endpoint's sessions write into the ledger.</summary>
internal sealed record LedgerPage(ShellLedger Ledger, EndpointName Endpoint, string Account)
{
    public void Opening(ShellId shell, string resource) => Ledger.Opening(shell, Endpoint, Account, resource);

    public void Closed(ShellId shell) => Ledger.Closed(shell);
}
