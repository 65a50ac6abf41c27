using MailFlowBot.Access;
using MailFlowBot.Incidents;

namespace MailFlowBot.Approvals;

/// <summary>What a click on a plan comes to.</summary>
internal abstract record Ruling
{
    private Ruling()
    {
    }

    /// <summary>The approval counts; <paramref name="Complete"/> when the quorum is reached with it.</summary>
    internal sealed record Approved(PlanProposed Plan, string Reason, bool Complete, int Missing) : Ruling;

    internal sealed record Rejected(PlanProposed Plan, string Reason) : Ruling;

    /// <param name="Code">See <see cref="ApprovalRequest"/>.</param>
    internal sealed record Refused(string Code) : Ruling;
}

/// <summary>
/// The decision on a decision: pure, on the newest state of the incident. The agent checks all of it again for itself, so this is what
/// tells people early and clearly, not what keeps a server safe.
/// </summary>
internal static class ApprovalRequest
{
    public const int LongestReason = 200;

    public static Ruling Decide(Incident incident, IncomingClick click, AccessList access, bool frozen, bool requireReason, DateTimeOffset now)
    {
        if (!incident.Opened.Conversation.SameThread(click.Conversation))
            return new Ruling.Refused("other-conversation");
        if (click.From.IsGuest || click.From.ObjectId == Guid.Empty)
            return new Ruling.Refused("guest");
        if (!access.IsMember(click.From))
            return new Ruling.Refused("foreign-tenant");
        if (incident.Plan is not { } plan || click.Values.GetValueOrDefault("t") is not { } token)
            return new Ruling.Refused("tampered");
        if (token != plan.ClickToken)
            return new Ruling.Refused(Proposed(incident).Any(former => former.ClickToken == token) ? "superseded" : "tampered");
        if (click.Values.GetValueOrDefault("d") != plan.Digest)
            return new Ruling.Refused("tampered");
        if (click.CardMessage is { } card && incident.CardMessage is { } known && card != known)
            return new Ruling.Refused("other-card");
        if (plan.Requesters.Any(requester => requester.ObjectId == click.From.ObjectId))
            return new Ruling.Refused("own-request");
        if (!access.MayApprove(click.From))
            return new Ruling.Refused("not-an-approver");
        if (!incident.PlanIsOpen)
            return new Ruling.Refused(incident.Refusal == "expired" ? "expired" : "already-decided");
        if (now >= plan.Expires)
            return new Ruling.Refused("expired");
        if (incident.Decisions.Any(decision => decision.By.ObjectId == click.From.ObjectId))
            return new Ruling.Refused("already-approved-by-you");

        var reason = Trim(click.Values.GetValueOrDefault("reason"));
        if (click.Verb == ClickVerbs.Reject)
            return new Ruling.Rejected(plan, reason);
        // Lifting a freeze is the one thing that a freeze must not stop.
        if (frozen && plan.Kind != "lift")
            return new Ruling.Refused("frozen");
        if (requireReason && reason.Length == 0)
            return new Ruling.Refused("reason-missing");
        var missing = plan.Quorum - incident.Decisions.Count(decision => decision.Approve) - 1;
        return new Ruling.Approved(plan, reason, missing <= 0, Math.Max(0, missing));
    }

    private static IEnumerable<PlanProposed> Proposed(Incident incident) =>
        incident.Events.Select(recorded => recorded.Event).OfType<PlanProposed>();

    private static string Trim(string? reason)
    {
        var text = (reason ?? "").Trim();
        // Redacted before it is signed and stored: what was signed must be what the transcript shows.
        return Redaction.Redact(text.Length <= LongestReason ? text : text[..LongestReason]).Text;
    }
}
