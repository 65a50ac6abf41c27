using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>CREATE_PIPELINE (MS-PSRP 2.2.2.10).</summary>
/// <param name="Commands">Several form one pipe: the output of each is the input of the next.</param>
/// <param name="NoInput">True when no PIPELINE_INPUT follows.</param>
internal sealed record CreatePipeline(IReadOnlyList<PsCommand> Commands, bool NoInput = true)
{
    /// <summary>Further statements, each a pipe of its own, that run one after another behind <see cref="Commands"/>.</summary>
    public IReadOnlyList<IReadOnlyList<PsCommand>> Following { get; init; } = [];

    /// <summary>How many statements the pipeline has.</summary>
    public int Statements => 1 + Following.Count;

    /// <summary>The values of all parameters of all commands.</summary>
    public IEnumerable<object?> Values =>
        Following.Prepend(Commands).SelectMany(pipe => pipe).SelectMany(command => command.Parameters).Select(parameter => parameter.Value);

    public static CreatePipeline Read(PsObject body)
    {
        var powerShell = Body.Object(body, PsrpNames.PowerShell);
        var extra = Body.Items(powerShell, PsrpNames.ExtraCommands);
        var following = new List<IReadOnlyList<PsCommand>>();

        // The first of them is the one that Cmds repeats.
        foreach (var statement in extra.Skip(1))
            following.Add(ReadPipe(statement as PsObject ?? throw Body.Wrong(PsrpNames.ExtraCommands, "a list of statements")));
        return new CreatePipeline(ReadPipe(powerShell), Body.Flag(body, PsrpNames.NoInput, absent: true)) { Following = following };
    }

    /// <param name="secrets">Needed when a value is a secret.</param>
    public PsObject ToObject(PoolSecrets? secrets = null) => new()
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
                    [PsrpNames.ExtraCommands] = Following.Count == 0 ? null : List(Following.Prepend(Commands).Select(pipe => Statement(pipe, secrets))),
                    [PsrpNames.Commands] = Pipe(Commands, secrets),
                    [PsrpNames.History] = null,
                    [PsrpNames.RedirectShellErrorOutputPipe] = false,
                },
            },
            [PsrpNames.IsNested] = false,
        },
    };

    private static List<PsCommand> ReadPipe(PsObject from)
    {
        var commands = new List<PsCommand>();
        foreach (var item in Body.Items(from, PsrpNames.Commands))
            commands.Add(PsCommand.Read(item as PsObject ?? throw Body.Wrong(PsrpNames.Commands, "a list of commands")));
        return commands.Count > 0 ? commands : throw Body.Wrong(PsrpNames.Commands, "a list of at least one command");
    }

    private static PsObject Statement(IReadOnlyList<PsCommand> pipe, PoolSecrets? secrets) =>
        new() { Extended = { [PsrpNames.Commands] = Pipe(pipe, secrets) } };

    private static PsObject Pipe(IReadOnlyList<PsCommand> commands, PoolSecrets? secrets) =>
        List(commands.Select(command => command.ToObject(secrets)));

    private static PsObject List(IEnumerable<object?> items) => new() { TypeNames = PsrpNames.ObjectListTypes, BaseValue = new PsList(items) };
}
