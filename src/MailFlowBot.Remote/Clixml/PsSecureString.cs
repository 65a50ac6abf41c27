namespace MailFlowBot.Remote.Clixml;

/// <summary>SS: a secure string, still encrypted, as the base64 text of the wire.</summary>
internal sealed record PsSecureString(string Cipher)
{
    // A record prints its members; against a 2.4 server this text is only encoded, not encrypted.
    public override string ToString() => nameof(PsSecureString);
}
