using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>A parameter of a command as an endpoint describes it (MS-PSRP 2.2.3.23).</summary>
/// <param name="Name">Without a dash.</param>
/// <param name="Type">The .NET type's name; null when the endpoint does not say.</param>
/// <param name="IsSwitch">True when it takes no value.</param>
internal sealed record ParameterMetadata(string Name, string? Type = null, bool IsSwitch = false)
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// The only values allowed (ValidateSet, as restricted endpoints use it); null when any is. Recorded servers never tell: then a wrong value
    /// is the server's to refuse.
    /// </summary>
    public IReadOnlyList<string>? ValidValues { get; init; }

    public static ParameterMetadata Read(string name, object? description)
    {
        if (description is not PsObject bag)
            return new ParameterMetadata(name);
        return new ParameterMetadata(name, Body.OptionalText(bag, "ParameterType"), PsObject.Unwrap(bag["SwitchParameter"]) is true)
        {
            Aliases = Texts(bag["Aliases"]) ?? [],
            ValidValues = Texts(bag["ValidValues"]) ?? (PsObject.Unwrap(bag["Attributes"]) as PsList)?.Items
                .OfType<PsObject>().Select(attribute => Texts(attribute["ValidValues"])).FirstOrDefault(values => values is not null),
        };
    }

    public PsObject ToObject()
    {
        var bag = new PsObject
        {
            TypeNames = ["System.Management.Automation.ParameterMetadata", PsrpNames.TypeObject],
            Text = "System.Management.Automation.ParameterMetadata",
            Adapted = { ["Name"] = Name, ["ParameterType"] = Type, ["Aliases"] = List(Aliases), ["IsDynamic"] = false, ["SwitchParameter"] = IsSwitch },
        };
        if (ValidValues is not null)
            bag.Extended["ValidValues"] = List(ValidValues);
        return bag;
    }

    /// <summary>True for the name and for an alias, whatever their case.</summary>
    public bool IsCalled(string name) =>
        Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The first text of a value that is not allowed; null when all are, or when any is.</summary>
    public string? Refused(object? value) => ValidValues is null ? null : PsObject.Unwrap(value) switch
    {
        string text => Refused(text),
        PsList list => list.Items.Select(item => PsObject.Unwrap(item)).OfType<string>().Select(Refused).FirstOrDefault(text => text is not null),
        _ => null,
    };

    private string? Refused(string text) => ValidValues!.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : text;

    private static PsObject List(IReadOnlyList<string> texts) => new() { TypeNames = PsrpNames.StringArrayTypes, BaseValue = new PsList(texts) };

    private static List<string>? Texts(object? value) => PsObject.Unwrap(value) is PsList list
        ? [.. list.Items.Select(item => PsObject.Unwrap(item)).OfType<string>()]
        : null;
}
