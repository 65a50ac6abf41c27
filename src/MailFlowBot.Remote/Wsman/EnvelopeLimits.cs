namespace MailFlowBot.Remote.Wsman;

/// <summary>What is read of an envelope at most. All arbitrary: far above what servers send, far below what hurts.</summary>
internal static class EnvelopeLimits
{
    /// <summary>Bytes of a whole envelope. Windows' own limit for MaxEnvelopeSizekb is far below.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Elements around one another. A real fault is 10 deep.</summary>
    public const int MaxDepth = 64;

    /// <summary>Elements in all. A shell in a list has 25.</summary>
    public const int MaxElements = 50_000;

    /// <summary>Attributes and namespace declarations of one element.</summary>
    public const int MaxAttributes = 64;

    /// <summary>Bytes of one name, or of one namespace.</summary>
    public const int MaxName = 1024;

    /// <summary>Bytes of one attribute's value, or of one run of text that is no base64. Texts of cmdlets come in faults.</summary>
    public const int MaxText = 256 * 1024;
}
