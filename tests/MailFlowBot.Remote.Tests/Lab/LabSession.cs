using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Lab;

/// <summary>Sessions of our client over the platform's HTTP client.</summary>
internal static class LabSession
{
    public static Task<RemoteSession> OpenAsync(
        LabServer lab, string path = "EX01/PowerShell/", LabAccount? account = null, bool cookies = false) =>
        OpenAsync(lab, new PlainClient(lab, path, account, cookies: cookies), path);

    /// <param name="recoveryWindow">How long a lost Receive is asked for again; as shipped without it.</param>
    public static Task<RemoteSession> OpenAsync(
        LabServer lab, PlainClient client, string path = "EX01/PowerShell/", TimeSpan? recoveryWindow = null)
    {
        var configuration = path.EndsWith("wsman", StringComparison.Ordinal) ? "MailFlowBot" : "Microsoft.Exchange";
        var options = new RemoteSessionOptions(new ShellOptions(lab.Address(path).AbsoluteUri, configuration))
        {
            OpenTimeout = TimeSpan.FromSeconds(10),
            StopTimeout = TimeSpan.FromSeconds(5),
        };
        options = options with { RecoveryWindow = recoveryWindow ?? options.RecoveryWindow };
        return RemoteSession.OpenAsync(client, options, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>The envelope that would open a shell.</summary>
    public static async Task<ReadOnlyMemory<byte>> CreateAsync(LabServer lab)
    {
        ReadOnlyMemory<byte> create = default;
        var nowhere = new InMemoryTransport((envelope, _) =>
        {
            create = envelope.ToArray();
            throw new TransportException(Delivery.NotSent, "Only looked at.");
        });
        var options = new RemoteSessionOptions(new ShellOptions(lab.Address("EX01/PowerShell/").AbsoluteUri));
        await Assert.ThrowsAnyAsync<RemoteException>(() => RemoteSession.OpenAsync(nowhere, options, TimeProvider.System, default));
        return create;
    }

    public static PsCommand Read(string server) => new("Get-ServerComponentState", new PsParameter("Identity", server), new PsParameter("Component", "HubTransport"));
}
