using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MailFlowBot.Testing.Kerberos;

/// <summary>
/// A real Kerberos realm (MIT's krb5kdc) as a child process on a free loopback port, with everything of it in a temporary folder.
/// The realm has one user and the service of localhost and of two Exchange servers.
/// </summary>
public sealed class LabKdc : IAsyncDisposable
{
    /// <summary>The realm.</summary>
    public const string Realm = "LAB.MAILFLOWBOT.EXAMPLE";

    /// <summary>The account that may use the endpoints, as a UPN.</summary>
    public const string User = "operator@" + Realm;

    /// <summary>Password of <see cref="User"/>.</summary>
    public const string Password = "Correct-Horse-7";

    private readonly RealmFolder _folder;
    private Process? _kdc;

    private LabKdc(RealmFolder folder) => _folder = folder;

    /// <summary>What a child process needs in its environment to use the realm as a client and as a server.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["KRB5_CONFIG"] = _folder.Configuration,
        ["KRB5_KTNAME"] = "FILE:" + _folder.Keytab,
        ["KRB5_CLIENT_KTNAME"] = "FILE:" + Path.Combine(_folder.Path, "no-client.keytab"),
        ["KRB5CCNAME"] = "FILE:" + _folder.Cache,
        ["KRB5RCACHETYPE"] = "none",
    };

    /// <summary>Keys of the services, for the server side.</summary>
    public string Keytab => _folder.Keytab;

    /// <summary>Cache that holds a ticket of <see cref="User"/>.</summary>
    public string Cache => _folder.Cache;

    /// <summary>True where Debian's krb5-kdc, krb5-admin-server and krb5-user are installed.</summary>
    public static bool IsInstalled => KerberosTools.Missing is null;

    /// <summary>Skips the test where the programs are missing; fails it in CI.</summary>
    public static void Require()
    {
        if (KerberosTools.Missing is not { } missing)
            return;
        if (References.InCi)
            throw new FileNotFoundException($"{missing} is missing; install krb5-kdc, krb5-admin-server and krb5-user.");
        Skip.If(true, $"{missing} is not installed (Debian: krb5-kdc, krb5-admin-server, krb5-user).");
    }

    /// <summary>Creates the realm, starts its KDC and gets a ticket for <see cref="User"/> into <see cref="Cache"/>.</summary>
    public static async Task<LabKdc> StartAsync(CancellationToken cancellation = default)
    {
        var kdc = new LabKdc(RealmFolder.Create(FreePort()));
        try
        {
            await kdc.RunAsync(KerberosTools.DatabaseTool, ["create", "-s", "-P", "lab-master"], "", cancellation).ConfigureAwait(false);
            await kdc.AddUserAsync(User, Password, cancellation).ConfigureAwait(false);
            foreach (var host in (string[])["localhost", "ex01.lab.mailflowbot.example", "ex02.lab.mailflowbot.example"])
                await kdc.AddServerAsync("HTTP/" + host, cancellation).ConfigureAwait(false);
            await kdc.ResumeAsync(cancellation).ConfigureAwait(false);
            await kdc.KinitAsync(User, Password, kdc.Cache, cancellation: cancellation).ConfigureAwait(false);
            return kdc;
        }
        catch
        {
            await kdc.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Makes this process a member of the realm. To be called before anything in the process uses Kerberos, which reads its
    /// configuration once; .NET's own variables do not reach it.
    /// </summary>
    public void EnterProcess()
    {
        foreach (var (name, value) in Environment)
            NativeEnvironment.Set(name, value);
    }

    /// <summary>Points this process at another ticket cache, e.g. one that is not there.</summary>
    public static void UseCache(string path) => NativeEnvironment.Set("KRB5CCNAME", "FILE:" + path);

    /// <summary>Adds an account with a password.</summary>
    public Task AddUserAsync(string principal, string password, CancellationToken cancellation = default) =>
        RunAsync(KerberosTools.Admin, ["-q", $"addprinc -pw {password} {principal}"], "", cancellation);

    /// <summary>Adds a service, with its key in <see cref="Keytab"/>.</summary>
    /// <param name="principal">e.g. <c>HTTP/ex03.lab.mailflowbot.example</c>.</param>
    public async Task AddServerAsync(string principal, CancellationToken cancellation = default)
    {
        await RunAsync(KerberosTools.Admin, ["-q", $"addprinc -randkey {principal}"], "", cancellation).ConfigureAwait(false);
        await RunAsync(KerberosTools.Admin, ["-q", $"ktadd -k {Keytab} {principal}"], "", cancellation).ConfigureAwait(false);
    }

    /// <summary>A path in the realm's folder for a ticket cache of a test.</summary>
    public string NewCache() => Path.Combine(_folder.Path, $"cache-{Guid.NewGuid():N}");

    /// <summary>Gets a ticket into a cache.</summary>
    /// <param name="lifetime">As kinit takes it, e.g. <c>2s</c>; null is the realm's default.</param>
    public Task KinitAsync(string principal, string password, string cache, string? lifetime = null, CancellationToken cancellation = default) =>
        RunAsync(KerberosTools.Kinit, [.. lifetime is null ? (string[])[] : ["-l", lifetime], "-c", "FILE:" + cache, principal], password + "\n", cancellation);

    /// <summary>Stops the KDC; the realm stays.</summary>
    public async Task PauseAsync()
    {
        if (_kdc is not { } kdc)
            return;
        _kdc = null;

        // The guard around krb5kdc ends it when its own input ends, so it also goes when this process dies.
        kdc.StandardInput.Close();
        await kdc.WaitForExitAsync().ConfigureAwait(false);
        kdc.Dispose();
    }

    /// <summary>Starts the KDC again.</summary>
    public async Task ResumeAsync(CancellationToken cancellation = default)
    {
        _kdc = KerberosTools.StartGuarded(KerberosTools.Kdc, ["-n", "-P", Path.Combine(_folder.Path, "kdc.pid")], _folder.KdcEnvironment);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await ListensAsync(limit.Token).ConfigureAwait(false))
        {
            if (_kdc.HasExited)
                throw new InvalidOperationException($"krb5kdc ended with {_kdc.ExitCode}; see {_folder.Path}.");
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await PauseAsync().ConfigureAwait(false);
        _folder.Delete();
    }

    private Task RunAsync(string program, string[] arguments, string input, CancellationToken cancellation) =>
        KerberosTools.RunAsync(program, arguments, input, _folder.KdcEnvironment, cancellation);

    private async Task<bool> ListensAsync(CancellationToken cancellation)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, _folder.Port, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
