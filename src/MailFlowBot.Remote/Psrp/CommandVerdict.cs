namespace MailFlowBot.Remote.Psrp;

/// <summary>Whether an endpoint takes a command, as far as its metadata tell. Closed: switch over all kinds.</summary>
internal abstract record CommandVerdict
{
    private CommandVerdict()
    {
    }

    internal sealed record Allowed : CommandVerdict;

    /// <summary>The endpoint does not offer the command to this account (role-based access hides it).</summary>
    internal sealed record CommandMissing(string Command) : CommandVerdict;

    /// <summary>The command is there, the parameter is not.</summary>
    internal sealed record ParameterMissing(string Command, string Parameter) : CommandVerdict;

    /// <summary>The parameter is limited to values of which this is none.</summary>
    internal sealed record ValueNotInSet(string Command, string Parameter, string Value, IReadOnlyList<string> ValidValues) : CommandVerdict;
}
