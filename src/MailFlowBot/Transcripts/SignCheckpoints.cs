using MailFlowBot.Hosting;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>Signs the chain at every decision and every step, so that a tail that was cut off later is noticed.</summary>
internal sealed class SignCheckpoints(IncidentLog log, ApprovalKey key, Backlog backlog)
{
    public void Watch() => log.Appended += incident =>
    {
        if (incident.Events[^1].Event is DecisionTaken or GrantIssued or PlanClosed or StepFinished or ExecutionEnded or SecondLook or IncidentClosed)
            backlog.Run($"checkpoint of {incident.Id}", token => log.AppendAsync(incident.Id, Checkpoint, token));
    };

    private IReadOnlyList<IncidentEvent> Checkpoint(Incident incident) =>
        incident.Events[^1].Event is Checkpoint ? [] : [CheckpointSigner.Sign(incident.Events[^1], key)];
}
