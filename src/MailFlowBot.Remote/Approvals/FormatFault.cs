namespace MailFlowBot.Remote.Approvals;

/// <summary>What is wrong with a document that came from outside.</summary>
public enum FormatFault
{
    /// <summary>Not JSON, a member twice, or nested too deep.</summary>
    NotJson,

    /// <summary>More bytes or entries than such a document ever has.</summary>
    TooLarge,

    /// <summary>A member that this version does not know; it might be load-bearing, so the document is not used.</summary>
    UnknownMember,

    MissingMember,

    WrongType,

    BadValue,

    /// <summary>An operation that is not in the catalogue.</summary>
    UnknownOperation,

    /// <summary>An operation of the catalogue in another version.</summary>
    UnknownVersion,
}
