namespace MailFlowBot.Remote.Transport;

/// <summary>One encrypted piece of a body.</summary>
/// <param name="Token">Header and cipher text, joined as GSS-API unwraps them; valid until the reader is used again.</param>
/// <param name="PlainLength">Bytes it says to hold when decrypted.</param>
internal readonly record struct EncryptedPart(ReadOnlyMemory<byte> Token, int PlainLength);
