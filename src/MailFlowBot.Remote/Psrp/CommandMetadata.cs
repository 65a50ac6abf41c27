using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// A command that an endpoint offers (MS-PSRP 2.2.3.22), as far as we need it: its name and its parameters' names.
/// </summary>
internal sealed record CommandMetadata(string Name, IReadOnlyList<string> Parameters)
{
    private static readonly string[] CountTypes =
        ["Selected.Microsoft.PowerShell.Commands.GenericMeasureInfo", "System.Management.Automation.PSCustomObject", PsrpNames.TypeObject];

    private static readonly string[] CommandTypes =
        ["Selected.System.Management.Automation.CmdletInfo", "System.Management.Automation.PSCustomObject", PsrpNames.TypeObject];

    private static readonly string[] HashtableTypes = ["System.Collections.Hashtable", PsrpNames.TypeObject];

    /// <summary>One output of a metadata pipeline: null for the leading object, which holds only their number.</summary>
    public static CommandMetadata? Read(object? output)
    {
        if (output is not PsObject bag || Body.OptionalText(bag, "Name") is not { } name)
            return null;
        var parameters = PsObject.Unwrap(bag["Parameters"]) is PsDictionary dictionary
            ? dictionary.Entries.Select(entry => entry.Key as string).OfType<string>()
            : [];
        return new CommandMetadata(name, [.. parameters]);
    }

    /// <summary>The object that goes before the commands.</summary>
    public static PsObject Count(int count) => new() { TypeNames = CountTypes, Extended = { ["Count"] = count } };

    public PsObject ToObject()
    {
        var parameters = new PsDictionary();
        foreach (var parameter in Parameters)
            parameters.Add(parameter, new PsObject { Extended = { ["Name"] = parameter } });
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
