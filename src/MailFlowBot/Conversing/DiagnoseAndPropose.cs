using MailFlowBot.Approvals;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Conversing;

/// <summary>A diagnosis, and the plan that follows from it put before people.</summary>
internal sealed class DiagnoseAndPropose(IncidentLog log, RunDiagnosis diagnosis, ProposeFix propose)
{
    public async Task RunAsync(
        MailFlowBot.Incidents.IncidentId id, SymptomReading reading, IReadOnlyList<ServerName> servers, bool quiet, CancellationToken cancellationToken)
    {
        var conclusion = await diagnosis.RunAsync(id, reading, servers, quiet, cancellationToken).ConfigureAwait(false);
        if (conclusion.Plan is not { } plan || await log.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } incident)
            return;
        var prose = new ProposeFix.Prose(
            Statements.Of(plan.Effect),
            Statements.Of(plan.Risk),
            [.. plan.Questions.Select(Statements.Of)],
            [.. plan.Guided.Select(Statements.Of)]);
        await propose.ProposeAsync(incident, PlanKind.Fix, plan.Steps, Requesters(incident), prose, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everyone whose message led to this plan.</summary>
    private static IReadOnlyList<Person> Requesters(Incident incident) =>
    [
        .. incident.Events.Select(recorded => recorded.Event).OfType<MessageHeard>().Select(heard => heard.From)
            .Append(incident.Opened.By)
            .DistinctBy(person => person.ObjectId),
    ];
}
