using MailFlowBot.Testing.Kerberos;

namespace MailFlowBot.Lab.Accounts;

/// <summary>A Kerberos realm with the lab's accounts, for a lab that is started by hand.</summary>
internal sealed class LabRealm : IAsyncDisposable
{
    private readonly LabKdc _kdc;
    private readonly string _cache;

    private LabRealm(LabKdc kdc) => (_kdc, _cache) = (kdc, kdc.NewCache());

    /// <summary>What a client in another process needs: the realm's configuration, and a cache with a ticket of the on-call account.</summary>
    public IReadOnlyList<(string Name, string Value)> ClientEnvironment =>
        [("KRB5_CONFIG", _kdc.Environment["KRB5_CONFIG"]), ("KRB5CCNAME", "FILE:" + _cache)];

    /// <summary>Starts the realm and makes this process its server side; to be called before anything uses Kerberos.</summary>
    /// <exception cref="InvalidOperationException">krb5-kdc is not installed, or did not start.</exception>
    public static async Task<LabRealm> StartAsync(string password, CancellationToken cancellation)
    {
        if (!LabKdc.IsInstalled)
            throw new InvalidOperationException("--kdc needs krb5-kdc, krb5-admin-server and krb5-user (Debian's names).");
        var kdc = await LabKdc.StartAsync(cancellation);
        var realm = new LabRealm(kdc);
        try
        {
            foreach (var account in LabAccount.All.Where(account => account != LabAccount.Operator))
                await kdc.AddUserAsync(account.Principal, password, cancellation);
            await kdc.KinitAsync(LabAccount.OnCall.Principal, password, realm._cache, cancellation: cancellation);
            kdc.EnterProcess();
            return realm;
        }
        catch
        {
            await kdc.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _kdc.DisposeAsync();
}
