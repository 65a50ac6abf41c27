using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>An agent's signature under one of its reports.</summary>
/// <param name="Agent">Its name, which is signed too.</param>
/// <param name="Key">Its own key, never one that signs approvals.</param>
public sealed record ReportSignature(AgentName Agent, KeyId Key, Signature Signature);
