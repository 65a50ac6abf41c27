using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>A command of a pipeline (MS-PSRP 2.2.3.12).</summary>
/// <remarks>
/// <para><c>Name</c>: The cmdlet, or the text when <paramref name="IsScript"/>.</para>
/// <para><c>IsScript</c>: True for script text; restricted endpoints (NoLanguage) refuse every one, and we never send any.</para>
/// </remarks>
internal sealed record PsCommand(string Name, IReadOnlyList<PsParameter> Parameters, bool IsScript = false)
{
    // PipelineResultTypes (MS-PSRP 2.2.3.31).
    private const int OutputResult = 1;
    private const int ErrorResult = 2;

    public PsCommand(string name, params PsParameter[] parameters)
        : this(name, (IReadOnlyList<PsParameter>)parameters)
    {
    }

    /// <summary>The streams whose records arrive as output.</summary>
    public MergedStreams Merged { get; init; }

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

        return new PsCommand(Body.Text(from, PsrpNames.CommandText), parameters, Body.Flag(from, PsrpNames.IsScript)) { Merged = ReadMerged(from) };
    }

    /// <param name="secrets">Needed when a value is a secret.</param>
    public PsObject ToObject(PoolSecrets? secrets = null)
    {
        // One instance of each, so that it goes out as references.
        var none = PsObject.Enum(PsrpNames.EnumPipelineResultTypes, "None", 0);
        var output = PsObject.Enum(PsrpNames.EnumPipelineResultTypes, "Output", OutputResult);
        var error = Merged.HasFlag(MergedStreams.Error);
        var command = new PsObject
        {
            Extended =
            {
                [PsrpNames.CommandText] = Name,
                [PsrpNames.IsScript] = IsScript,
                [PsrpNames.UseLocalScope] = null,

                // How protocol 2.1 says it; recorded clients say it both ways.
                [PsrpNames.MergeMyResult] = error ? PsObject.Enum(PsrpNames.EnumPipelineResultTypes, "Error", ErrorResult) : none,
                [PsrpNames.MergeToResult] = error ? output : none,
                [PsrpNames.MergePreviousResults] = none,
                [PsrpNames.Arguments] = new PsObject
                {
                    TypeNames = PsrpNames.ObjectListTypes,
                    BaseValue = new PsList(Parameters.Select(parameter => Argument(parameter, secrets))),
                },
            },
        };
        for (var stream = 0; stream < PsrpNames.MergeStreams.Count; stream++)
            command.Extended[PsrpNames.MergeStreams[stream]] = Merged.HasFlag((MergedStreams)(1 << stream)) ? output : none;
        return command;
    }

    private static MergedStreams ReadMerged(PsObject from)
    {
        var merged = MergedStreams.None;
        for (var stream = 0; stream < PsrpNames.MergeStreams.Count; stream++)
        {
            if (Body.OptionalInt32(from, PsrpNames.MergeStreams[stream]) == OutputResult)
                merged |= (MergedStreams)(1 << stream);
        }

        return Body.OptionalInt32(from, PsrpNames.MergeMyResult) == ErrorResult && Body.OptionalInt32(from, PsrpNames.MergeToResult) == OutputResult
            ? merged | MergedStreams.Error
            : merged;
    }

    private static PsObject Argument(PsParameter parameter, PoolSecrets? secrets) => new()
    {
        Extended =
        {
            [PsrpNames.ArgumentName] = parameter.Name is null ? null : "-" + parameter.Name,
            [PsrpNames.ArgumentValue] = PoolSecrets.Seal(parameter.Value, secrets),
        },
    };
}
