using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>A command that an endpoint offers (MS-PSRP 2.2.3.22), as far as we need it.</summary>
internal sealed record CommandMetadata(string Name, IReadOnlyList<ParameterMetadata> Described)
{
    private static readonly string[] CountTypes =
        ["Selected.Microsoft.PowerShell.Commands.GenericMeasureInfo", "System.Management.Automation.PSCustomObject", PsrpNames.TypeObject];

    private static readonly string[] CommandTypes =
        ["Selected.System.Management.Automation.CmdletInfo", "System.Management.Automation.PSCustomObject", PsrpNames.TypeObject];

    private static readonly string[] HashtableTypes = ["System.Collections.Hashtable", PsrpNames.TypeObject];

    public CommandMetadata(string name, IReadOnlyList<string> parameters)
        : this(name, [.. parameters.Select(parameter => new ParameterMetadata(parameter))])
    {
    }

    /// <summary>The parameters' names.</summary>
    public IReadOnlyList<string> Parameters => [.. Described.Select(parameter => parameter.Name)];

    /// <summary>One output of a metadata pipeline: null for the leading object, which holds only their number.</summary>
    public static CommandMetadata? Read(object? output)
    {
        if (output is not PsObject bag || Body.OptionalText(bag, "Name") is not { } name)
            return null;
        var parameters = new List<ParameterMetadata>();
        if (PsObject.Unwrap(bag["Parameters"]) is PsDictionary dictionary)
        {
            foreach (var (key, value) in dictionary.Entries)
            {
                if (key is string parameter)
                    parameters.Add(ParameterMetadata.Read(parameter, value));
            }
        }

        return new CommandMetadata(name, parameters);
    }

    /// <summary>Whether a command can be sent, by what the endpoint offers.</summary>
    /// <param name="offered">All that was asked about; a command that is not among them is missing.</param>
    /// <param name="command">Its parameters are to be named in full or by an alias.</param>
    public static CommandVerdict Judge(IReadOnlyList<CommandMetadata> offered, PsCommand command) =>
        offered.FirstOrDefault(one => one.Name.Equals(command.Name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? found.Allows(command)
            : new CommandVerdict.CommandMissing(command.Name);

    /// <summary>Whether the endpoint takes this command with these parameters.</summary>
    public CommandVerdict Allows(PsCommand command)
    {
        if (!Name.Equals(command.Name, StringComparison.OrdinalIgnoreCase))
            return new CommandVerdict.CommandMissing(command.Name);

        // Some servers name a command and none of its parameters, although each has some.
        if (Described.Count == 0)
            return new CommandVerdict.Allowed();
        foreach (var parameter in command.Parameters)
        {
            if (parameter.Name is not { } name)
                continue;
            if (Described.FirstOrDefault(one => one.IsCalled(name)) is not { } described)
                return new CommandVerdict.ParameterMissing(Name, name);
            if (described.Refused(parameter.Value) is { } refused)
                return new CommandVerdict.ValueNotInSet(Name, described.Name, refused, described.ValidValues!);
        }

        return new CommandVerdict.Allowed();
    }

    /// <summary>The object that goes before the commands.</summary>
    public static PsObject Count(int count) => new() { TypeNames = CountTypes, Extended = { ["Count"] = count } };

    public PsObject ToObject()
    {
        var parameters = new PsDictionary();
        foreach (var parameter in Described)
            parameters.Add(parameter.Name, parameter.ToObject());
        return new PsObject
        {
            TypeNames = CommandTypes,
            Extended =
            {
                ["Name"] = Name,
                ["CommandType"] = PsObject.Enum(PsrpNames.EnumCommandTypes, "Cmdlet", 8),
                ["Parameters"] = new PsObject { TypeNames = HashtableTypes, BaseValue = parameters },
            },
        };
    }
}
