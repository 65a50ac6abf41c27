namespace MailFlowBot.Remote.Approvals;

/// <summary>Why an agent does not act on a grant.</summary>
public enum GrantRefusal
{
    /// <summary>The plan is for another organisation.</summary>
    WrongOrganisation,

    /// <summary>Another agent registered the plan.</summary>
    WrongAgent,

    /// <summary>The plan was registered before the agent's last start.</summary>
    WrongEpoch,

    /// <summary>The grant, or a decision in it, is for another plan than the one that was sent.</summary>
    DigestMismatch,

    /// <summary>Signed by a key that is not pinned here, or that the policy does not list.</summary>
    UnknownKey,

    /// <summary>A signature does not fit what it stands under.</summary>
    BadSignature,

    /// <summary>The plan was never registered here.</summary>
    UnknownNonce,

    /// <summary>The plan was carried out, or begun, already.</summary>
    NonceSpent,

    /// <summary>The plan's time is over, by the agent's clock.</summary>
    Expired,

    /// <summary>The agent is frozen.</summary>
    Frozen,

    /// <summary>Class H, or a class below what the steps or the kind demand.</summary>
    ClassNotApprovable,

    /// <summary>The plan has steps where it must have none, or none where it must have some.</summary>
    StepsNotAllowed,

    /// <summary>The policy does not list the operation, or the catalogue never lets it be a fix.</summary>
    OperationNotAllowed,

    ServerNotAllowed,

    /// <summary>The policy does not list the requester whose entry would be set.</summary>
    RequesterNotAllowed,

    ServiceNotAllowed,

    /// <summary>Outside the hours of the policy.</summary>
    OutsideHours,

    /// <summary>A decision was made in another incident.</summary>
    WrongIncident,

    /// <summary>Somebody rejected the plan.</summary>
    RejectedDecision,

    /// <summary>The account's home is a tenant without approvers, or another one than listed.</summary>
    ForeignTenant,

    /// <summary>Not listed for this class.</summary>
    NotAnApprover,

    /// <summary>A requester of the plan decided about it.</summary>
    RequesterApproves,

    SamePersonTwice,

    /// <summary>One click stands in two decisions.</summary>
    SameActivityTwice,

    /// <summary>Too few different approvers.</summary>
    QuorumMissing,
}
