namespace MailFlowBot.Remote.Approvals;

/// <summary>What comes of checking a grant.</summary>
public abstract record GrantVerdict
{
    private protected GrantVerdict()
    {
    }
}

/// <param name="Approvers">The people whose decisions counted.</param>
public sealed record GrantAccepted(IReadOnlyList<PersonId> Approvers) : GrantVerdict;

/// <param name="Detail">What exactly did not fit: found and expected.</param>
public sealed record GrantDenied(GrantRefusal Code, string Detail) : GrantVerdict;
