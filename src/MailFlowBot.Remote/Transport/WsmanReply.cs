namespace MailFlowBot.Remote.Transport;

/// <summary>
/// What came back for an envelope: 200 with an answer, 500 with a fault, anything else with whatever a server or proxy says.
/// </summary>
/// <param name="Status">As HTTP's.</param>
/// <param name="Body">The bytes of the answer, decrypted; may be empty.</param>
internal sealed record WsmanReply(int Status, ReadOnlyMemory<byte> Body);
