using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Which commands an endpoint offers an account, as it said itself. What role-based access takes away is simply not there: a cmdlet, or a
/// parameter of it.
/// </summary>
internal sealed class AllowedCommands
{
    private readonly Dictionary<string, CommandMetadata> _offered;
    private readonly HashSet<string> _asked;
    private readonly string _where;

    /// <param name="asked">What was asked about; nothing is known of other commands.</param>
    /// <param name="offered">What there is of it.</param>
    /// <param name="where">Account and endpoint, for the sentence.</param>
    public AllowedCommands(IEnumerable<string> asked, IEnumerable<CommandMetadata> offered, string where)
    {
        _asked = new HashSet<string>(asked, StringComparer.OrdinalIgnoreCase);
        _offered = new Dictionary<string, CommandMetadata>(StringComparer.OrdinalIgnoreCase);
        foreach (var command in offered)
            _offered.TryAdd(command.Name, command);
        _where = where;
    }

    /// <summary>Null when nothing speaks against sending it.</summary>
    public InvocationOutcome.NotAllowed? Refuse(PsCommand command)
    {
        if (!_asked.Contains(command.Name))
            return null;
        var verdict = _offered.TryGetValue(command.Name, out var offered) ? offered.Allows(command) : new CommandVerdict.CommandMissing(command.Name);
        return verdict switch
        {
            CommandVerdict.Allowed => null,
            CommandVerdict.CommandMissing missing =>
                new InvocationOutcome.NotAllowed(missing.Command, null, $"{_where} lacks the cmdlet {missing.Command}."),
            CommandVerdict.ParameterMissing missing => new InvocationOutcome.NotAllowed(
                missing.Command, missing.Parameter, $"{_where} lacks the parameter {missing.Parameter} of the cmdlet {missing.Command}."),
            CommandVerdict.ValueNotInSet limited => new InvocationOutcome.NotAllowed(
                limited.Command,
                limited.Parameter,
                $"{_where} allows only {string.Join(", ", limited.ValidValues)} for the parameter {limited.Parameter} of {limited.Command}, not {limited.Value}."),
            _ => throw new InvalidOperationException($"No rule for {verdict.GetType().Name}."),
        };
    }
}
