using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// Get-TransportAgent, which takes no server and whose objects name none: it speaks about the back end that the session was routed to.
/// That one is asked for its name before and after; only when both times it is the server asked do the agents between belong to it.
/// </summary>
internal sealed record TransportAgentsCmdlets(ServerName On) : ReadCmdlet(
    EndpointKind.Exchange,
    [
        WhereAmI,
        new PsCommand(CmdletNames.GetTransportAgent, new PsParameter(CmdletNames.TransportService, "Hub")),
        WhereAmI,
    ])
{
    // Without -Server it is answered by the server that runs it. Not the Transport process: an agent may keep that one from running.
    private static PsCommand WhereAmI =>
        new(CmdletNames.GetExchangeDiagnosticInfo, new PsParameter(CmdletNames.Process, CmdletNames.TopologyProcess));

    public override CmdletAnswer Answer(Outputs outputs)
    {
        if ((Property.Misplaced(On, Named(outputs.Of(0))) ?? Property.Misplaced(On, Named(outputs.Of(2)))) is { } misplaced)
            return misplaced;
        var objects = outputs.Of(1) ?? [];
        var agents = objects.Select(Agent).OfType<TransportAgentReading>().ToList();
        return agents.Count == 0 || agents.Count < objects.Count
            ? CmdletAnswer.Unreadable("No transport agent was listed, or one has no name.")
            : new CmdletAnswer.Found(new TransportAgentsFact(On, agents), Property.Short(Named(outputs.Of(0))));
    }

    private static string? Named(IReadOnlyList<PsObject>? answer) => answer is [var only]
        ? DiagnosticXml.Read(PsObject.Unwrap(only["Result"]) as string)?.Server
        : null;

    private static TransportAgentReading? Agent(PsObject from) =>
        (Property.Text(from, "Identity") ?? Property.Text(from, "Name")) is { } name
            ? new(
                name,
                Property.Flag(from, "Enabled"),
                Property.Whole(from, "Priority") is { } priority and >= 0 and <= int.MaxValue ? (int)priority : null,
                Property.Text(from, "AssemblyPath") is { } path ? !IsExchanges(path) : null)
            : null;

    // Exchange may be installed anywhere; its own agents lie in this folder below it.
    private static bool IsExchanges(string path) =>
        path.Contains(@"\TransportRoles\agents\", StringComparison.OrdinalIgnoreCase)
        || path.Contains(@"\Microsoft\Exchange Server\", StringComparison.OrdinalIgnoreCase);
}
