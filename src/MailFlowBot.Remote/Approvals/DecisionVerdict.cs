namespace MailFlowBot.Remote.Approvals;

/// <summary>What a person decided about a plan.</summary>
public enum DecisionVerdict { Approve, Reject }
