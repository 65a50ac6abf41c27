namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Reads PowerShell object XML. Values come as .NET primitives, <see cref="PsObject"/>, and the small records of this
/// namespace; null stands for Nil. Whatever the bytes are, the outcome is a value or a <see cref="ClixmlException"/>. The bytes
/// may be UTF-8, or UTF-16 with a byte order mark; no value keeps a hold on them.
/// </summary>
internal static class ClixmlReader
{
    /// <summary>
    /// The one value of a message body, with or without byte order mark and with or without the Objs element of a file around
    /// it. An empty body is null.
    /// </summary>
    public static object? Read(ReadOnlyMemory<byte> bytes, ClixmlLimits? limits = null) => Read(bytes.Span, limits);

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, ClixmlLimits?)"/>
    public static object? Read(ReadOnlySpan<byte> bytes, ClixmlLimits? limits = null)
    {
        limits ??= ClixmlLimits.Default;
        CheckSize(bytes, limits);
        var workspace = Workspace.Rent();
        try
        {
            return new ClixmlParser(XmlPrologue.Open(bytes), limits, workspace).ReadBody();
        }
        finally
        {
            workspace.Return();
        }
    }

    /// <summary>The values of an exported file (Export-Clixml). Ids count through the whole file.</summary>
    public static IReadOnlyList<ClixmlItem> ReadFile(ReadOnlyMemory<byte> bytes, ClixmlLimits? limits = null)
    {
        limits ??= ClixmlLimits.Default;
        CheckSize(bytes.Span, limits);
        var workspace = Workspace.Rent();
        try
        {
            return new ClixmlParser(XmlPrologue.Open(bytes.Span), limits, workspace).ReadFile();
        }
        finally
        {
            workspace.Return();
        }
    }

    private static void CheckSize(ReadOnlySpan<byte> bytes, ClixmlLimits limits)
    {
        if (bytes.Length > limits.MaxBytes)
            throw new ClixmlException(ClixmlFault.TooLarge, $"{bytes.Length} bytes of CLIXML; at most {limits.MaxBytes} are read");
    }
}
