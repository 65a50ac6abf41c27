namespace MailFlowBot.Incidents;

/// <summary>Where an incident stands; the card says it as a word.</summary>
internal enum IncidentState
{
    Reading,
    Checking,
    Findings,
    AwaitingApproval,
    Running,
    Verified,
    Held,
    NoEffect,
    Worse,
    Refused,
    Expired,
    Runbook,
    Asking,
    NotOurs,
    Closed,
}
