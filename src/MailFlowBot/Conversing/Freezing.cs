using MailFlowBot.Approvals;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Wording;

namespace MailFlowBot.Conversing;

/// <summary>Halts every change, by anyone who may ask; lifts the halt with a grant of two approvers.</summary>
/// <param name="agent">The agent as it is now.</param>
internal sealed class Freezing(IncidentLog log, Func<ExecutionAgent> agent, ProposeFix propose, Surroundings surroundings)
{
    public bool IsFrozen => agent().Status.Freeze is not null;

    public async Task<string> FreezeAsync(Person by, string reason, string language, CancellationToken cancellationToken)
    {
        if (IsFrozen)
            return Phrases.Say(language, "talk.already-frozen");
        var said = Redaction.Redact(reason.Length <= 200 ? reason : reason[..200]).Text;
        await agent().FreezeAsync(new PersonId(by.ObjectId, by.Tenant), said, cancellationToken).ConfigureAwait(false);
        await NoteAsync(by, new Frozen(by, said), cancellationToken).ConfigureAwait(false);
        return Phrases.Say(language, "talk.frozen", ("name", by.Name));
    }

    /// <summary>Opens an incident of its own whose only plan is the lift, since a freeze concerns every thread.</summary>
    public async Task<string> AskToLiftAsync(IncomingMessage message, string language, CancellationToken cancellationToken)
    {
        if (!IsFrozen)
            return Phrases.Say(language, "talk.not-frozen");
        var incident = await log.OpenAsync(
            surroundings.Opening(message.From, message.Conversation, language), cancellationToken).ConfigureAwait(false);
        var effect = new Statement("plan.effect.lift", new Dictionary<string, string>());
        await propose.ProposeAsync(incident, PlanKind.Lift, [], [message.From], new ProposeFix.Prose(effect, null, [], []), cancellationToken)
            .ConfigureAwait(false);
        return Phrases.Say(language, "talk.lift-asked");
    }

    public async Task LiftAsync(
        MailFlowBot.Incidents.IncidentId id, PlanProposed plan, ApprovalGrant grant, CancellationToken cancellationToken)
    {
        var verdict = await agent().LiftAsync(grant, ExecutionPlan.FromJson(System.Text.Encoding.UTF8.GetBytes(plan.Plan)), cancellationToken)
            .ConfigureAwait(false);
        var refusal = verdict as GrantDenied;
        if (refusal is null)
            await NoteAsync(plan.Requesters[0], new Lifted(plan.Digest), cancellationToken).ConfigureAwait(false);
        await log.AppendAsync(
            id,
            new ExecutionEnded(plan.Digest, refusal is null ? "verified" : "grant-refused", refusal is null ? null : Statements.Kebab(refusal.Code), refusal?.Detail, [], null),
            cancellationToken).ConfigureAwait(false);
    }

    public string StatusLine(string language)
    {
        var status = agent().Status;
        return Phrases.Say(
            language,
            "status.agent",
            ("agent", status.Name.Value),
            ("epoch", status.Epoch.Value[..8]),
            ("frozen", status.Freeze is { } freeze
                ? Phrases.Say(language, "status.frozen", ("reason", freeze.Reason), ("at", Times.Utc(freeze.At)))
                : Phrases.Say(language, "status.not-frozen")));
    }

    // A freeze concerns every thread, so it stands in the installation's own log.
    private async Task NoteAsync(Person by, IncidentEvent happened, CancellationToken cancellationToken)
    {
        var opened = surroundings.Opening(by, new Conversation("installation", "installation"), "en");
        var installation = await log.EnsureInstallationLogAsync(opened, cancellationToken).ConfigureAwait(false);
        await log.AppendAsync(installation.Id, happened, cancellationToken).ConfigureAwait(false);
    }
}
