using System.Text;

namespace MailFlowBot.Remote.Approvals;

/// <summary>What a signature is about. Stands before the signed bytes, so that a signature of one kind is worthless as another.</summary>
public enum SigningPurpose { Decision, Grant, Report, Transcript }

internal static class SigningPrefix
{
    /// <summary>The purpose, a version and a zero byte, which no canonical JSON contains, then the document.</summary>
    public static byte[] Before(SigningPurpose purpose, ReadOnlySpan<byte> document) =>
        [.. Encoding.ASCII.GetBytes($"MailFlowBot/{purpose}/1"), 0, .. document];
}
