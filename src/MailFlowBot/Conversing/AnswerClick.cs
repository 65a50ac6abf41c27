using System.Globalization;
using MailFlowBot.Access;
using MailFlowBot.Approvals;
using MailFlowBot.Cards;
using MailFlowBot.Hosting;
using MailFlowBot.Incidents;
using MailFlowBot.Remediations;
using MailFlowBot.Wording;
using ApprovalGrant = MailFlowBot.Remote.Approvals.ApprovalGrant;

namespace MailFlowBot.Conversing;

/// <summary>A click on a card: decided at once, carried out behind it. The answer is for the clicker alone.</summary>
internal sealed class AnswerClick(
    IncidentLog log, IReadOnlyDictionary<string, IChannel> channels, AccessList access, ApproveFix approve, RunFix run, Freezing freezing,
    ReportSymptom report, Backlog backlog)
{
    public async Task<ClickAnswer> HandleAsync(IncomingClick click, CancellationToken cancellationToken)
    {
        var language = click.Language ?? "en";
        if (!IncidentId.TryParse(click.Values.GetValueOrDefault("i"), out var id)
            || await log.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } incident)
        {
            return Refused(language, "unknown-incident", null);
        }

        switch (click.Verb)
        {
            case ClickVerbs.Details when access.MayRead(click.From) && incident.Opened.Conversation.SameThread(click.Conversation):
                await channels[incident.Opened.Conversation.Channel]
                    .ReplyAsync(incident.Opened.Conversation, DetailsText.Render(incident, language), [], cancellationToken).ConfigureAwait(false);
                return new ClickAnswer(Phrases.Say(language, "click.details"), null);
            case ClickVerbs.Paste when access.MayRead(click.From) && incident.Opened.Conversation.SameThread(click.Conversation):
                return await PasteAsync(incident, click, language, cancellationToken).ConfigureAwait(false);
            case ClickVerbs.Details or ClickVerbs.Paste:
                await log.AppendAsync(id, new ClickRefused(click.From, "not-a-reader", click.Verb, null), cancellationToken).ConfigureAwait(false);
                return Refused(language, "not-a-reader", null);
            case ClickVerbs.Approve or ClickVerbs.Reject:
                return await DecideAsync(id, click, language, cancellationToken).ConfigureAwait(false);
            default:
                await log.AppendAsync(id, new ClickRefused(click.From, "tampered", "unknown", null), cancellationToken).ConfigureAwait(false);
                return Refused(language, "tampered", null);
        }
    }

    // The same as saying it in the thread, where a client makes that hard: a person's word, read with what was said before.
    private async Task<ClickAnswer> PasteAsync(Incident incident, IncomingClick click, string language, CancellationToken cancellationToken)
    {
        if (!incident.AwaitsPaste)
            return Refused(language, "superseded", null);
        if (click.Values.GetValueOrDefault("paste") is not { } text || string.IsNullOrWhiteSpace(text))
            return Refused(language, "paste-missing", null);
        await report.HandleAsync(
            new IncomingMessage(incident.Opened.Conversation, click.From, click.Id, text, click.Language), incident, incident.Language, cancellationToken)
            .ConfigureAwait(false);
        return new ClickAnswer(Phrases.Say(language, "click.pasted"), null);
    }

    private async Task<ClickAnswer> DecideAsync(IncidentId id, IncomingClick click, string language, CancellationToken cancellationToken)
    {
        var outcome = await approve.DecideAsync(id, click, cancellationToken).ConfigureAwait(false);
        switch (outcome.Ruling)
        {
            case Ruling.Refused refused:
                return Refused(language, refused.Code, outcome.Incident.Plan);
            case Ruling.Rejected:
                return new ClickAnswer(Phrases.Say(language, "click.rejected"), null);
            case Ruling.Approved { Complete: false } approved:
                return new ClickAnswer(
                    Phrases.Say(language, "click.approved-more", ("n", approved.Missing.ToString(CultureInfo.InvariantCulture))), null);
            case Ruling.Approved approved:
                var grant = outcome.Grant!;
                backlog.Run($"fix of {id}", token => approved.Plan.Kind == "lift"
                    ? freezing.LiftAsync(id, approved.Plan, grant, token)
                    : RunAsync(outcome.Incident, approved.Plan, grant, token));
                return new ClickAnswer(Phrases.Say(language, "click.approved"), null);
            default:
                throw new InvalidOperationException($"A ruling without an answer: {outcome.Ruling}.");
        }
    }

    private async Task RunAsync(Incident incident, PlanProposed plan, ApprovalGrant grant, CancellationToken cancellationToken)
    {
        try
        {
            await run.RunAsync(incident.Id, plan, grant, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await channels[incident.Opened.Conversation.Channel].ReplyAsync(
                incident.Opened.Conversation,
                Phrases.Say(incident.Language, "talk.fix-broke", ("id", incident.Id.ToString()), ("what", fault.GetType().Name)),
                [],
                cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private ClickAnswer Refused(string language, string code, PlanProposed? plan)
    {
        var why = Phrases.Has("refusal." + code) ? Phrases.Say(language, "refusal." + code) : code;
        var text = Phrases.Say(language, "click.refused", ("why", why));
        return new ClickAnswer(
            code is "not-an-approver" or "own-request" or "guest" && plan is not null
                ? text + Phrases.Say(language, "click.who", ("names", access.ApproverNames(plan.Requesters)))
                : text,
            code);
    }
}
