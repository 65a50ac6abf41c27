using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>One endpoint of one server, ready to be connected to.</summary>
internal sealed record EndpointTarget(HttpEndpoint Http, EndpointProfile Profile)
{
    /// <summary>True when nobody can read along.</summary>
    public bool IsEncrypted => Http.Address.Scheme == Uri.UriSchemeHttps
        || Http.Credentials.Kind is AuthenticationKind.Kerberos or AuthenticationKind.Negotiate or AuthenticationKind.Ntlm;

    public static EndpointTarget Of(EndpointKind kind, EndpointTemplate template, ServerName server)
    {
        var http = template.For(server);
        var name = EndpointDirectory.NameOf(kind, server);
        return new EndpointTarget(http, ProfileOf(kind, EndpointDirectory.NameOf(kind, server), http, template.ConfigurationName, server));
    }

    private static EndpointProfile ProfileOf(EndpointKind kind, EndpointName name, HttpEndpoint http, string configuration, ServerName server)
    {
        var account = http.Credentials.Account();
        // A wrong password could lock an account, so whatever uses one waits for its first logon; a ticket or a certificate locks nothing.
        var byPassword = http.Credentials.Password is not null;
        if (kind == EndpointKind.Exchange)
            return EndpointProfile.Exchange(name, new EndpointAccount(account, byPassword), http.Address, configuration);

        // Exchange counts an account's shells over its servers, WinRM on each of them alone (MaxShellsPerUser).
        var counted = byPassword ? account : $"{account} on {server}";
        return EndpointProfile.Jea(name, new EndpointAccount(counted, byPassword), http.Address, configuration);
    }
}
