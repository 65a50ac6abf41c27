using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Certificates;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Lab.Control;

/// <summary>The environment in which the bot's Remote mode uses this lab.</summary>
internal static class BotEnvironment
{
    public const string PasswordVariable = "LAB_PASSWORD";

    private const string Prefix = "MAILFLOWBOT__Organization__";

    public static IReadOnlyList<(string Name, string Value)> Of(LabServer lab, LabRealm? realm)
    {
        var authentication = lab.Options.Authentication[0];
        // Basic and certificates need TLS; Kerberos and NTLM encrypt by themselves and show more over HTTP.
        var root = authentication is AuthenticationKind.Basic or AuthenticationKind.Certificate
            ? lab.Https ?? lab.Http!
            : lab.Http ?? lab.Https!;
        return
        [
            (Prefix + "Mode", "Remote"),
            (Prefix + "Id", "lab"),
            .. lab.Organization.Servers.Select((server, index) => ($"{Prefix}Servers__{index}", server.Value)),
            .. Endpoint(lab, "Exchange", $"{root}{{server}}/PowerShell/", authentication),
            .. Endpoint(lab, "Windows", $"{root}{{server}}/wsman", authentication),
            (Prefix + "Windows__ConfigurationName", "MailFlowBot"),
            .. authentication == AuthenticationKind.Ntlm ? new[] { (Prefix + "ManagedNtlm", "true") } : [],
            .. Cast("Access__Readers", 1, 2, 3),
            .. Cast("Approvals__Approvers", 2, 3),
            (PasswordVariable, lab.Options.Password),
            .. realm?.ClientEnvironment ?? [],
        ];
    }

    /// <summary>The playground's people, whom a real organisation does not let in by itself: 1 alice, 2 bob, 3 carol.</summary>
    private static IEnumerable<(string, string)> Cast(string list, params int[] people) =>
        people.Select((person, index) => ($"MAILFLOWBOT__{list}__{index}", $"aaaaaaaa-0000-4000-8000-00000000000{person}"));

    private static IEnumerable<(string, string)> Endpoint(LabServer lab, string section, string template, AuthenticationKind authentication)
    {
        yield return ($"{Prefix}{section}__Endpoint", template);
        yield return ($"{Prefix}{section}__Authentication", authentication.ToString());
        if (authentication != AuthenticationKind.Certificate)
        {
            yield return ($"{Prefix}{section}__User", authentication is AuthenticationKind.Kerberos or AuthenticationKind.Negotiate
                ? LabAccount.OnCall.Principal
                : LabAccount.OnCall.UserName);
            // With Kerberos, too: a password needs no ticket cache, and both can be tried.
            yield return ($"{Prefix}{section}__PasswordVariable", PasswordVariable);
        }

        if (template.StartsWith("https", StringComparison.Ordinal) && lab.Options.CertificateFolder is { } folder)
        {
            yield return ($"{Prefix}{section}__TrustedRoots", LabAuthority.RootFile(folder));
            if (authentication == AuthenticationKind.Certificate)
                yield return ($"{Prefix}{section}__Certificate", LabAuthority.ClientFile(folder, LabAccount.OnCall));
        }
    }
}
