using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Test-ServiceHealth: the services each role needs.</summary>
internal sealed record ServiceHealthCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [new PsCommand(CmdletNames.TestServiceHealth, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var roles = new List<RoleHealth>();
        foreach (var from in outputs.Objects)
        {
            // These objects name no server. The command does: it asks the named server's service control manager, whoever runs it.
            // Where a client noted the session's computer, that must agree.
            if (Property.Text(from, "PSComputerName") is not null && Property.Misplaced(On, [from], "PSComputerName") is { } misplaced)
                return misplaced;
            if (Role(from) is not { } role)
                return CmdletAnswer.Unreadable("A role lacks its name or whether its services run.");
            roles.Add(role);
        }

        return roles.Count == 0
            ? CmdletAnswer.Unreadable("No role was listed.")
            : new CmdletAnswer.Found(new ServiceHealthFact(On, roles), On.Value);
    }

    private static RoleHealth? Role(PsObject from) =>
        Property.Text(from, "Role") is { } role && Property.Flag(from, "RequiredServicesRunning") is { } running
            ? new(role, running, Names(from, "ServicesRunning"), Names(from, "ServicesNotRunning"))
            : null;

    private static IReadOnlyList<string> Names(PsObject from, string name) =>
        [.. (Property.Items(from, name) ?? []).Select(Property.TextOf).OfType<string>()];
}
