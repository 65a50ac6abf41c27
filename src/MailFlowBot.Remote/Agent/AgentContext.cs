using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Agent;

/// <summary>What registration and execution share.</summary>
/// <param name="Time">The clock of the organisation: waits, and the age of what it says. Jumps in a simulation.</param>
/// <param name="People">The clock of people: expiry, hours, rate. Never jumps.</param>
internal sealed record AgentContext(
    AgentName Name,
    BootEpoch Epoch,
    AgentPolicy Policy,
    PolicyHash PolicyHash,
    TrustedKeys Keys,
    Journal Journal,
    ApprovalKey Key,
    LiveReadings Reader,
    Func<ChangeOperation, CancellationToken, Task<ChangeOutcome>> Send,
    TimeProvider Time,
    TimeProvider People,
    AgentLimits Limits,
    TransportOutages Outages)
{
    public DateTimeOffset PeopleNow => People.GetUtcNow();

    public void Append(JournalEntry entry) => Journal.Append(entry, PolicyHash, PeopleNow);

    /// <summary>Writes the entry of a decision made on the journal's present state, with no other writer between.</summary>
    public void AppendIf(Func<JournalState, JournalEntry?> decide) => Journal.AppendIf(decide, PolicyHash, PeopleNow);

    /// <summary>Checks the grant and says what it found; spends nothing.</summary>
    public GrantVerdict Verify(ApprovalGrant grant, ExecutionPlan plan, JournalState state)
    {
        var known = state.Plans.GetValueOrDefault(plan.Nonce);
        var standing = new AgentStanding(
            Name, Epoch, known?.Digest, known?.Spent ?? false, state.Freeze is not null, PeopleNow);
        return ApprovalVerifier.Verify(grant, plan, Policy, Keys, standing);
    }

    public Judgement Judge(
        PlanKind kind, IReadOnlyList<ChangeOperation> steps, Readings readings, IReadOnlyCollection<ServerName> outages)
    {
        var catalogue = Judgement.OfPlan(steps, readings, Time.GetUtcNow());
        var own = AgentGuards.Check(kind, steps, readings, Journal.State, outages, Policy, Limits, PeopleNow);
        var least = PlanPolicy.LeastClass(kind, steps);
        var worst = kind == PlanKind.Lift || catalogue.Class < least ? least : catalogue.Class;
        return Judgement.Of(worst, [.. catalogue.Guards, .. own]);
    }

    public T Sign<T>(T report, PlanDigest plan) where T : ExecutionReport
    {
        var dated = report with { Plan = plan, At = Time.GetUtcNow() };
        var signature = Key.Sign(SigningPurpose.Report, ReportJson.SignedBytes(dated, Name));
        return dated with { Signature = new ReportSignature(Name, Key.Id, signature) };
    }
}
