using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>Signatures as files carry them.</summary>
internal static class SignatureText
{
    /// <summary>Null when the text has not the form of a signature; it then verifies nothing.</summary>
    public static Signature? Read(string text)
    {
        try
        {
            return new Signature(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
