using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-MfbInstallState: traces of setup and updates, as far as the function could read them.</summary>
internal sealed record InstallStateCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Windows,
    [new PsCommand(CmdletNames.GetInstallState, new PsParameter(CmdletNames.Server, On.Value))])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count != 1)
            return CmdletAnswer.Unreadable($"{objects.Count} objects came, one was expected.");
        return Property.Misplaced(On, objects, CmdletNames.Server) ?? new CmdletAnswer.Found(
            new InstallStateFact(
                On,
                Property.Flag(objects[0], "SetupRunning"),
                Property.Flag(objects[0], "Watermark"),
                Property.Flag(objects[0], "RebootPending"),
                Property.Text(objects[0], "SetupBuild")),
            Property.ServerIn(objects[0], CmdletNames.Server));
    }
}
