namespace MailFlowBot.Testing.Kerberos;

/// <summary>
/// The one realm of a test process, as a collection fixture: a process reads its Kerberos configuration once. Tests start with
/// <see cref="Require"/>.
/// </summary>
public sealed class KerberosRealm : IAsyncLifetime
{
    private LabKdc? _kdc;

    /// <summary>The realm; skips the test where Kerberos is not installed, and fails it in CI.</summary>
    public LabKdc Require()
    {
        LabKdc.Require();
        return _kdc!;
    }

    public async Task InitializeAsync()
    {
        if (!LabKdc.IsInstalled)
            return;
        _kdc = await LabKdc.StartAsync().ConfigureAwait(false);
        _kdc.EnterProcess();
    }

    public async Task DisposeAsync()
    {
        if (_kdc is not null)
            await _kdc.DisposeAsync().ConfigureAwait(false);
    }
}
