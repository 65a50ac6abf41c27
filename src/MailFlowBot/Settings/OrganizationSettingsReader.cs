using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Endpoints;

namespace MailFlowBot.Settings;

/// <summary>Where the real organisation is: its servers and the endpoints that each of them has.</summary>
internal sealed class OrganizationSettingsReader(SettingSource source)
{
    private const string ServersKey = "Organization:Servers";
    private const string WindowsKey = "Organization:Windows";
    private const string SmtpKey = "Organization:SmtpProbe";

    /// <summary>Null after a fault.</summary>
    public RemoteOrganization? Read()
    {
        var servers = Servers(ServersKey);
        if (servers.Count == 0 && !source.HasSection(ServersKey))
            source.Fault(ServersKey, "is missing, and in mode Remote the servers with an endpoint must be known.", $"List short names as {ServersKey}:0, {ServersKey}:1 and so on.");
        var exchange = Endpoint("Organization:Exchange", "Microsoft.Exchange", servers);
        var hasWindows = source.HasSection(WindowsKey);
        var windowsServers = source.HasSection($"{WindowsKey}:Servers") ? Servers($"{WindowsKey}:Servers") : null;
        var windows = hasWindows ? Endpoint(WindowsKey, "MailFlowBot", windowsServers ?? servers) : null;
        var smtp = Smtp();
        return exchange is null || (hasWindows && windows is null)
            ? null
            : new RemoteOrganization(servers, exchange, windows) { WindowsServers = windowsServers, SmtpProbe = smtp };
    }

    private SmtpAddress? Smtp()
    {
        if (source.Text(SmtpKey) is not { } template)
            return null;
        try
        {
            return new SmtpAddress(template);
        }
        catch (FormatException fault)
        {
            source.Fault(SmtpKey, fault.Message, $"Write the host name of a server with {EndpointTemplate.Placeholder}, such as {EndpointTemplate.Placeholder}.contoso.example, or leave it out for no probe.");
            return null;
        }
    }

    private EndpointTemplate? Endpoint(string section, string configuration, IReadOnlyList<ServerName> servers) =>
        new EndpointSettingsReader(source, section).Read(configuration, servers);

    private List<ServerName> Servers(string key) =>
    [
        .. source.List(key)
            .Select(entry => source.Parse(entry.Key, entry.Text, text => new ServerName(text), "Write the short name, such as EX01."))
            .OfType<ServerName>().Distinct(),
    ];
}
