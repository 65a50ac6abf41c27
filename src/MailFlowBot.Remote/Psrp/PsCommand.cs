using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>A command of a pipeline (MS-PSRP 2.2.3.12).</summary>
/// <remarks>
/// <para><c>Name</c>: The cmdlet, or the text when <paramref name="IsScript"/>.</para>
/// <para><c>IsScript</c>: True for script text; restricted endpoints (NoLanguage) refuse every one, and we never send any.</para>
/// </remarks>
internal sealed record PsCommand(string Name, IReadOnlyList<PsParameter> Parameters, bool IsScript = false)
{
    public PsCommand(string name, params PsParameter[] parameters)
        : this(name, (IReadOnlyList<PsParameter>)parameters)
    {
    }

    /// <summary>The value of a named argument, the name compared without case; null when it is absent (or null).</summary>
    public object? this[string parameter] =>
        Parameters.FirstOrDefault(p => string.Equals(p.Name, parameter, StringComparison.OrdinalIgnoreCase))?.Value;

    public static PsCommand Read(PsObject from)
    {
        var parameters = new List<PsParameter>();
        foreach (var item in Body.Items(from, PsrpNames.Arguments))
        {
            if (item is not PsObject argument)
                throw Body.Wrong(PsrpNames.Arguments, "a list of arguments");

            // Senders write "-Name", "-Name:" or "Name".
            var name = Body.OptionalText(argument, PsrpNames.ArgumentName)?.TrimStart('-').TrimEnd(':');
            parameters.Add(new PsParameter(name, argument[PsrpNames.ArgumentValue]));
        }

        return new PsCommand(Body.Text(from, PsrpNames.CommandText), parameters, Body.Flag(from, PsrpNames.IsScript));
    }

    public PsObject ToObject()
    {
        // PipelineResultTypes.None everywhere: streams stay apart. One instance, so that it goes out as references.
        var none = PsObject.Enum(PsrpNames.EnumPipelineResultTypes, "None", 0);
        var command = new PsObject
        {
            Extended =
            {
                [PsrpNames.CommandText] = Name,
                [PsrpNames.IsScript] = IsScript,
                [PsrpNames.UseLocalScope] = null,
                [PsrpNames.MergeMyResult] = none,
                [PsrpNames.MergeToResult] = none,
                [PsrpNames.MergePreviousResults] = none,
                [PsrpNames.Arguments] = new PsObject
                {
                    TypeNames = PsrpNames.ObjectListTypes,
                    BaseValue = new PsList(Parameters.Select(Argument)),
                },
            },
        };
        foreach (var stream in PsrpNames.MergeStreams)
            command.Extended[stream] = none;
        return command;
    }

    private static PsObject Argument(PsParameter parameter) => new()
    {
        Extended =
        {
            [PsrpNames.ArgumentName] = parameter.Name is null ? null : "-" + parameter.Name,
            [PsrpNames.ArgumentValue] = parameter.Value,
        },
    };
}
