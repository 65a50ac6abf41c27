using MailFlowBot.Lab.Accounts;

namespace MailFlowBot.Lab.Authentication;

/// <summary>What the acceptor makes of a token.</summary>
/// <param name="Answer">To be sent back; null when there is nothing to say.</param>
/// <param name="IsOver">No further token is expected.</param>
/// <param name="Account">Null before the end, and when the proof failed or belongs to nobody here.</param>
internal sealed record HandshakeStep(byte[]? Answer, bool IsOver, LabAccount? Account);
