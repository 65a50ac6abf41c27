using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>Get-ExchangeDiagnosticInfo of the Transport service's ResourceThrottling: its meters with its own thresholds.</summary>
internal sealed record BackPressureCmdlet(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [
        new PsCommand(
            CmdletNames.GetExchangeDiagnosticInfo,
            new PsParameter(CmdletNames.Server, On.Value),
            new PsParameter(CmdletNames.Process, CmdletNames.EdgeTransportProcess),
            new PsParameter(CmdletNames.Component, CmdletNames.ResourceThrottling)),
    ])
{
    public override CmdletAnswer Answer(Outputs outputs)
    {
        var objects = outputs.Objects;
        if (objects.Count != 1)
            return CmdletAnswer.Unreadable($"{objects.Count} objects came, one was expected.");
        if (DiagnosticXml.Read(PsObject.Unwrap(objects[0]["Result"]) as string) is not { } diagnostics)
            return CmdletAnswer.Unreadable("The result is not the XML that this command gives.");
        if (Property.Misplaced(On, diagnostics.Server) is { } misplaced)
            return misplaced;
        // While the process starts, or does not run, the rest of the answer comes without meters. That is not "no pressure".
        return diagnostics.Meters.Count == 0 || diagnostics.Meters.Any(meter => meter.Resource.Length == 0)
            ? CmdletAnswer.Unreadable("No resource meter was listed, or one has no name.")
            : new CmdletAnswer.Found(new BackPressureFact(On, diagnostics.Meters, diagnostics.Started), Property.Short(diagnostics.Server));
    }
}
