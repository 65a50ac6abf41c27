namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// The memory that one reading needs beside its result. Each thread keeps one for its next reading; nothing of what was read stays
/// in it.
/// </summary>
internal sealed class Workspace
{
    [ThreadStatic]
    private static Workspace? _idle;

    /// <summary>Where the names of the open elements stand, and their lengths.</summary>
    public (int At, int Length)[] Open { get; private set; } = [];

    /// <summary>The same of the attributes of one element.</summary>
    public (int At, int Length)[] Attributes { get; } = new (int, int)[32];

    public MixedText Text { get; } = new();

    public ReferenceTable<PsObject> Objects { get; } = new();

    public ReferenceTable<string[]> TypeNames { get; } = new();

    /// <summary>The properties and items of all objects that are not complete yet, those of the innermost last.</summary>
    public PendingStack<KeyValuePair<string, object?>> Properties { get; } = new();

    public PendingStack<object?> Items { get; } = new();

    public static Workspace Rent()
    {
        var workspace = _idle ?? new Workspace();
        _idle = null;
        return workspace;
    }

    public void Return()
    {
        Text.Clear();
        Objects.Clear();
        TypeNames.Clear();
        Properties.Clear();
        Items.Clear();
        _idle = this;
    }

    public void ProvideDepth(int depth)
    {
        if (Open.Length < depth)
            Open = new (int, int)[depth];
    }
}
