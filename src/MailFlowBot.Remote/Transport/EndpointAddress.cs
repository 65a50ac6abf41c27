namespace MailFlowBot.Remote.Transport;

/// <summary>The address that is asked for an endpoint.</summary>
internal static class EndpointAddress
{
    // Exchange looks at it to choose a server and expects one; the version of Windows PowerShell on Windows Server 2019.
    private const string PowerShellVersion = "PSVersion=5.1.17763.1";

    /// <summary>
    /// For Exchange (the path /PowerShell) without the last slash and with the version that PowerShell would name; others unchanged.
    /// </summary>
    /// <exception cref="TransportException"><see cref="TransportFault.NotConfigured"/>: not an address of an endpoint.</exception>
    public static Uri Of(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Host.Length == 0)
        {
            throw NotConfigured(
                $"'{Shown(address)}' is no address of an endpoint: http or https, a host and a path are needed, and no account.");
        }

        var trimmed = address.AbsolutePath.TrimEnd('/');
        if (!trimmed.Equals("/PowerShell", StringComparison.OrdinalIgnoreCase))
            return address;
        var query = address.Query switch
        {
            "" or "?" => "?" + PowerShellVersion,
            var given when given.Contains("PSVersion=", StringComparison.OrdinalIgnoreCase) => given,
            var given => $"{given};{PowerShellVersion}",
        };
        return new Uri(address.GetLeftPart(UriPartial.Authority) + trimmed + query);
    }

    /// <summary>How an address is named in messages and traces: without account and query.</summary>
    public static string Shown(Uri address) =>
        address.IsAbsoluteUri ? address.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.StrongPort | UriComponents.Path, UriFormat.UriEscaped) : "(relative)";

    /// <summary>Refuses what cannot work, or would show a secret, before anything is sent.</summary>
    /// <exception cref="TransportException"><see cref="TransportFault.NotConfigured"/>, with what to change.</exception>
    public static void Check(Uri address, HttpEndpoint endpoint)
    {
        if (endpoint.MaxLanes < 1)
            throw NotConfigured($"{Shown(address)}: at least one lane is needed, {endpoint.MaxLanes} are configured.");
        if (endpoint.ConnectTimeout <= TimeSpan.Zero)
            throw NotConfigured($"{Shown(address)}: the connect timeout must be longer than nothing.");
        if (Fault(address, endpoint.Credentials) is { } fault)
            throw NotConfigured($"{Shown(address)}: {fault}");
    }

    private static string? Fault(Uri address, Credentials who)
    {
        var isSecure = address.Scheme == Uri.UriSchemeHttps;
        var hasPassword = who is { UserName: { Length: > 0 }, Password: not null };
        if (who.Kind is not AuthenticationKind.Certificate && who.UserName is { Length: > 0 } != who.Password is not null)
            return "a user name and a password go together; leave both out for the ticket cache.";
        return who.Kind switch
        {
            AuthenticationKind.None when !address.IsLoopback => "without authentication only this machine itself may be asked.",
            AuthenticationKind.Basic when !isSecure && !address.IsLoopback => "Basic shows the password to the network; use https or Kerberos.",
            AuthenticationKind.Basic when !hasPassword => "Basic needs a user name and a password.",
            AuthenticationKind.Basic when who.UserName!.Contains(':', StringComparison.Ordinal) => "a user name with a colon cannot be sent by Basic (RFC 7617).",
            AuthenticationKind.Certificate when !isSecure => "a client certificate needs https.",
            AuthenticationKind.Certificate when who.Certificate is not { HasPrivateKey: true } => "a client certificate with its private key is needed.",
            AuthenticationKind.Ntlm when !HasNtlm => $"NTLM is off; set the switch {NtlmSwitch} of the runtime, or use Kerberos.",
            AuthenticationKind.Ntlm when !hasPassword => "NTLM needs a user name and a password.",
            AuthenticationKind.Kerberos or AuthenticationKind.Negotiate
                when who.ServicePrincipal is null && address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 =>
                "Kerberos knows servers by name; use the full host name instead of the IP address.",
            _ => null,
        };
    }

    /// <summary>The runtime's switch for NTLM without a native library.</summary>
    public const string NtlmSwitch = "System.Net.Security.UseManagedNtlm";

    /// <summary>True where NTLM can be spoken, and Negotiate may take it.</summary>
    public static bool HasNtlm => OperatingSystem.IsWindows() || (AppContext.TryGetSwitch(NtlmSwitch, out var isOn) && isOn);

    private static TransportException NotConfigured(string message) => new(TransportFault.NotConfigured, Delivery.NotSent, message);
}
