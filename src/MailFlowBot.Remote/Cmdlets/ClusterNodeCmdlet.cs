using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-MfbClusterNode: the server's state in its failover cluster.</summary>
internal sealed record ClusterNodeCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Windows,
    [new PsCommand(CmdletNames.GetClusterNode, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count != 1)
            return CmdletAnswer.Unreadable($"{objects.Count} objects came, one was expected.");
        return Property.Misplaced(On, objects, CmdletNames.Server) ?? new CmdletAnswer.Found(
            new ClusterNodeFact(On, Property.Named<ClusterNodeState>(objects[0], "State")),
            Property.ServerIn(objects[0], CmdletNames.Server));
    }
}
