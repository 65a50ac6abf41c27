using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Settings;

/// <summary>One kind of endpoint: address template, who this side is there, and whom it trusts.</summary>
internal sealed class EndpointSettingsReader(SettingSource source, string section)
{
    private const string NtlmSwitch = "System.Net.Security.UseManagedNtlm";

    // Any name will do to see whether the template is an address.
    private static readonly ServerName Sample = new("ex01");

    /// <summary>Null after a fault that leaves nothing to build on.</summary>
    public EndpointTemplate? Read(string configuration, IReadOnlyList<ServerName> servers)
    {
        var address = Template(servers);
        var kind = Kind();
        var credentials = ReadCredentials(kind);
        if (address is not null)
            CheckSafety(kind, address, servers);
        var proxy = source.Has(Key("Proxy")) ? source.Address(Key("Proxy"), "http://proxy.contoso.example:3128") : null;
        var template = new EndpointTemplate(address ?? "", source.Text(Key("ConfigurationName"), configuration), credentials)
        {
            RedirectHosts = [.. source.List(Key("RedirectHosts")).Select(entry => entry.Text)],
            TrustedRoots = Roots(),
            Proxy = proxy,
        };
        return address is null ? null : template;
    }

    private string Key(string name) => $"{section}:{name}";

    private string? Template(IReadOnlyList<ServerName> servers)
    {
        var key = Key("Endpoint");
        if (source.Text(key) is not { } text)
        {
            source.Fault(key, "is missing.", $"Write the address of the endpoint with {EndpointTemplate.Placeholder} for the server, such as https://{EndpointTemplate.Placeholder}.contoso.example/PowerShell/.");
            return null;
        }

        var named = text.Replace(EndpointTemplate.Placeholder, Sample.Value, StringComparison.OrdinalIgnoreCase);
        if (!Uri.TryCreate(named, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            source.Fault(key, $"'{text}' is not an http or https address.", $"Write it like https://{EndpointTemplate.Placeholder}.contoso.example/PowerShell/.");
            return null;
        }

        if (address.UserInfo.Length > 0)
        {
            source.Fault(key, "holds a user name or password.", $"Write them as {Key("User")} and {Key("PasswordVariable")}.");
            return null;
        }

        if (servers.Count > 1 && !text.Contains(EndpointTemplate.Placeholder, StringComparison.OrdinalIgnoreCase))
            source.Fault(key, $"has no {EndpointTemplate.Placeholder}, and there are {servers.Count} servers.", $"Write {EndpointTemplate.Placeholder} where the server's name stands.");
        return text;
    }

    private AuthenticationKind Kind() =>
        Enum.Parse<AuthenticationKind>(source.OneOf(Key("Authentication"), nameof(AuthenticationKind.Kerberos), Enum.GetNames<AuthenticationKind>()));

    private Credentials ReadCredentials(AuthenticationKind kind)
    {
        var user = source.Text(Key("User"));
        var password = Password();
        if (kind is AuthenticationKind.Basic or AuthenticationKind.Ntlm && (user is null || password is null))
            source.Fault(Key("User"), $"and a password are needed for {kind}.", $"Set {Key("User")} and {Key("PasswordVariable")}, the name of the environment variable that holds the password.");
        else if (kind is AuthenticationKind.Kerberos or AuthenticationKind.Negotiate && user is null != password is null)
            source.Fault(Key("User"), "and a password go together.", $"Set {Key("User")} and {Key("PasswordVariable")}, or neither, for the ticket cache or the account of the process.");
        return new Credentials(kind)
        {
            UserName = user,
            Password = password,
            Certificate = kind == AuthenticationKind.Certificate ? ClientCertificate() : null,
            ServicePrincipal = source.Text(Key("Spn")),
        };
    }

    private Secret? Password()
    {
        var (plain, variable) = (source.Text(Key("Password")), source.Text(Key("PasswordVariable")));
        if (plain is not null && variable is not null)
            source.Fault(Key("PasswordVariable"), $"and {Key("Password")} are both set.", "Keep one of them.");
        if (plain is not null)
            return new Secret(plain);
        if (variable is null)
            return null;
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
            return new Secret(value);
        source.Fault(Key("PasswordVariable"), $"names the environment variable {variable}, which is not set.", "Set it for this process, or name another one.");
        return null;
    }

    private X509Certificate2? ClientCertificate()
    {
        var key = Key("Certificate");
        if (source.Text(key) is not { } path)
        {
            source.Fault(key, "is missing, and Authentication is Certificate.", "Name a PEM file that holds the certificate and its private key, or a PKCS #12 file.");
            return null;
        }

        return source.File(
            key, path, file => ClientCertificateFile.Load(file, source.Text(Key("Password"))), fault => fault is CryptographicException,
            "Name a PEM file that holds the certificate and its private key, or a PKCS #12 file.");
    }

    private X509Certificate2Collection? Roots() => source.Text(Key("TrustedRoots")) is { } path
        ? source.File(Key("TrustedRoots"), path, ClientCertificateFile.LoadRoots, fault => fault is CryptographicException, "Name a PEM file with the certificates of the authorities.")
        : null;

    private void CheckSafety(AuthenticationKind kind, string template, IReadOnlyList<ServerName> servers)
    {
        var addresses = servers.DefaultIfEmpty(Sample)
            .Select(server => new Uri(template.Replace(EndpointTemplate.Placeholder, server.Value, StringComparison.OrdinalIgnoreCase))).ToList();
        if (kind is AuthenticationKind.Kerberos or AuthenticationKind.Negotiate && !source.Has(Key("Spn"))
            && addresses.Find(address => address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6) is { } numbered)
        {
            source.Fault(Key("Endpoint"), $"names {numbered.Host}, and {kind} knows servers by name.", $"Write the full host name, or the service principal as {Key("Spn")}.");
        }

        var unsafeHost = addresses.FirstOrDefault(address => address.Scheme == "http" && !address.IsLoopback)?.Host;
        if (unsafeHost is not null && kind is AuthenticationKind.Basic or AuthenticationKind.None or AuthenticationKind.Certificate)
            source.Fault(Key("Authentication"), $"{kind} over plain http to {unsafeHost} would send everything in the clear.", "Use https, or Kerberos, which encrypts over http as well.");
        if (kind == AuthenticationKind.Ntlm && !OperatingSystem.IsWindows() && !(AppContext.TryGetSwitch(NtlmSwitch, out var on) && on))
            source.Fault(Key("Authentication"), $"Ntlm is off: on this system it needs the managed implementation, and with it Negotiate would never take Kerberos again.", "Use Kerberos, or set Organization:ManagedNtlm to true.");
    }
}
