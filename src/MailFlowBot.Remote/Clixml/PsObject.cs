namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// A complex object (MS-PSRP 2.2.5.2): type names, a display text, at most one base value and two bags of properties. Identity
/// counts: one instance met twice is one object with a reference to it, and an object may contain itself.
/// </summary>
internal sealed class PsObject
{
    private const string DeserializedPrefix = "Deserialized.";

    private PsProperties? _adapted;
    private PsProperties? _extended;

    /// <summary>Most derived first; empty when the object carries none.</summary>
    public IReadOnlyList<string> TypeNames { get; set; } = [];

    /// <summary>What ToString gave on the sending side; null when it was not sent.</summary>
    public string? Text { get; set; }

    /// <summary>
    /// A primitive, a <see cref="PsList"/>, a <see cref="PsDictionary"/> or, rarely, another object (seen from JEA endpoints);
    /// null when there is none.
    /// </summary>
    public object? BaseValue { get; set; }

    /// <summary>Props: the properties of the .NET object behind.</summary>
    public PsProperties Adapted => _adapted ??= [];

    /// <summary>MS: the properties PowerShell added, and the members of protocol messages.</summary>
    public PsProperties Extended => _extended ??= [];

    /// <summary>Adds properties; the array is the object's from here on.</summary>
    public void AddAdapted(KeyValuePair<string, object?>[] properties) => Add(ref _adapted, properties);

    /// <inheritdoc cref="AddAdapted"/>
    public void AddExtended(KeyValuePair<string, object?>[] properties) => Add(ref _extended, properties);

    /// <summary>A property, extended before adapted; null when absent.</summary>
    public object? this[string name] => TryGet(name, out var value) ? value : null;

    public bool TryGet(string name, out object? value)
    {
        value = null;
        return (_extended is not null && _extended.TryGet(name, out value))
            || (_adapted is not null && _adapted.TryGet(name, out value));
    }

    /// <summary>
    /// True when a type name starts with the given text, with or without the prefix that a second journey adds. By prefix,
    /// because names of generic types end in assembly versions.
    /// </summary>
    public bool Is(string typeNamePrefix)
    {
        foreach (var name in TypeNames)
        {
            if (name.StartsWith(typeNamePrefix, StringComparison.OrdinalIgnoreCase))
                return true;
            if (name.StartsWith(DeserializedPrefix, StringComparison.OrdinalIgnoreCase)
                && name.AsSpan(DeserializedPrefix.Length).StartsWith(typeNamePrefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>An enum value as PowerShell sends it: type names, text and number.</summary>
    public static PsObject Enum(string typeName, string text, int number) => new()
    {
        TypeNames = [typeName, "System.Enum", "System.ValueType", "System.Object"],
        Text = text,
        BaseValue = number,
    };

    /// <summary>
    /// The value without a wrapper: what stands in an object that holds a base value, itself for anything else. A primitive
    /// that has travelled once arrives as <c>&lt;Obj&gt;&lt;I32&gt;5&lt;/I32&gt;&lt;/Obj&gt;</c>.
    /// </summary>
    public static object? Unwrap(object? value)
    {
        // An object may be its own base value on a hostile wire, so the walk is bounded.
        for (var step = 0; step < ClixmlLimits.Default.MaxDepth && value is PsObject { BaseValue: { } inner }; step++)
            value = inner;
        return value;
    }

    private static void Add(ref PsProperties? bag, KeyValuePair<string, object?>[] properties)
    {
        if (properties.Length == 0)
            return;
        if (bag is null)
        {
            bag = PsProperties.Owning(properties);
            return;
        }

        foreach (var (name, value) in properties)
            bag.Add(name, value);
    }
}
