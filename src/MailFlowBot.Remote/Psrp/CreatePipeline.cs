using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>CREATE_PIPELINE (MS-PSRP 2.2.2.10).</summary>
/// <param name="Commands">Several form one pipe: the output of each is the input of the next.</param>
/// <param name="NoInput">True when no PIPELINE_INPUT follows.</param>
/// <param name="Statements">
/// How many statements the pipeline has; only the first is in <paramref name="Commands"/>. We send one.
/// </param>
internal sealed record CreatePipeline(IReadOnlyList<PsCommand> Commands, bool NoInput = true, int Statements = 1)
{
    public static CreatePipeline Read(PsObject body)
    {
        var powerShell = Body.Object(body, PsrpNames.PowerShell);
        var extra = Body.Items(powerShell, PsrpNames.ExtraCommands);
        var commands = new List<PsCommand>();
        foreach (var item in Body.Items(powerShell, PsrpNames.Commands))
            commands.Add(PsCommand.Read(item as PsObject ?? throw Body.Wrong(PsrpNames.Commands, "a list of commands")));
        return commands.Count > 0
            ? new CreatePipeline(commands, Body.Flag(body, PsrpNames.NoInput, absent: true), Math.Max(1, extra.Count))
            : throw Body.Wrong(PsrpNames.Commands, "a list of at least one command");
    }

    public PsObject ToObject() => new()
    {
        Extended =
        {
            [PsrpNames.NoInput] = NoInput,
            [PsrpNames.ApartmentState] = PsObject.Enum(PsrpNames.EnumApartmentState, "UNKNOWN", 2),

            // 0: no invocation details. Recorded warnings are 14 times larger with 15 (AddInvocationInfo), and nothing reads
            // them.
            [PsrpNames.RemoteStreamOptions] = PsObject.Enum(PsrpNames.EnumRemoteStreamOptions, "None", 0),
            [PsrpNames.AddToHistory] = false,
            [PsrpNames.HostInfo] = NullHost.ToObject(),
            [PsrpNames.PowerShell] = new PsObject
            {
                Extended =
                {
                    [PsrpNames.IsNested] = false,
                    [PsrpNames.ExtraCommands] = null,
                    [PsrpNames.Commands] = new PsObject
                    {
                        TypeNames = PsrpNames.ObjectListTypes,
                        BaseValue = new PsList(Commands.Select(command => command.ToObject())),
                    },
                    [PsrpNames.History] = null,
                    [PsrpNames.RedirectShellErrorOutputPipe] = false,
                },
            },
            [PsrpNames.IsNested] = false,
        },
    };
}
