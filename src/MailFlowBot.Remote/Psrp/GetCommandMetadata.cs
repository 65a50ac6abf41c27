using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>GET_COMMAND_METADATA (MS-PSRP 2.2.2.14): which commands an endpoint allows this account.</summary>
/// <param name="Names">Names or patterns with wildcards; empty for all.</param>
internal sealed record GetCommandMetadata(IReadOnlyList<string> Names)
{
    // Alias 1, Function 2, Filter 4, Cmdlet 8: what Get-Command shows a remoting client.
    private const int CommandTypes = 15;

    public static GetCommandMetadata Read(PsObject body) => new([.. Body.Items(body, "Name").Select(NameOf)]);

    public PsObject ToObject() => new()
    {
        Extended =
        {
            ["Name"] = Names.Count == 0 ? null : new PsObject { TypeNames = PsrpNames.StringArrayTypes, BaseValue = new PsList(Names) },
            ["CommandType"] = PsObject.Enum(PsrpNames.EnumCommandTypes, "Alias, Function, Filter, Cmdlet", CommandTypes),
            ["Namespace"] = null,
            ["ArgumentList"] = null,
        },
    };

    private static string NameOf(object? item) => PsObject.Unwrap(item) as string ?? throw Body.Wrong("Name", "a list of texts");
}
