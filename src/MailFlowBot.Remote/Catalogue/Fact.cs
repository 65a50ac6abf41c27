namespace MailFlowBot.Remote.Catalogue;

/// <summary>What one read found out, typed. Conditions address a part of it by path.</summary>
public abstract record Fact
{
    private protected Fact()
    {
    }

    /// <summary>
    /// The canonical text of one part, such as <c>HubTransport/entries</c>; null when the fact does not hold that part, which a
    /// condition must treat as "not seen", never as a pass.
    /// </summary>
    public abstract string? Value(string path);

    private protected static string Text(bool value) => value ? "true" : "false";

    private protected static (string Head, string Tail) Split(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
    }
}
