namespace MailFlowBot.Remote.Approvals;

/// <summary>A value has no canonical form, so nothing can be signed or compared. RFC 8785 admits I-JSON (RFC 7493) only.</summary>
public sealed class CanonicalJsonException : FormatException
{
    public CanonicalJsonException()
    {
    }

    public CanonicalJsonException(string reason)
        : base($"No canonical JSON form (RFC 8785): {reason}. Leave the value out or send it as a text.")
    {
    }

    public CanonicalJsonException(string reason, Exception inner)
        : base($"No canonical JSON form (RFC 8785): {reason}. Leave the value out or send it as a text.", inner)
    {
    }
}
