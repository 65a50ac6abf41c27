using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>The answer to a Receive.</summary>
/// <param name="IsRepeat">True when an answer before it was lost, so that this one may repeat what came already, or lack something.</param>
internal readonly record struct ReceivedAnswer(WsmanResponse Response, bool IsRepeat);
