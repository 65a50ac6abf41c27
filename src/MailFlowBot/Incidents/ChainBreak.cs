namespace MailFlowBot.Incidents;

/// <summary>What does not hold at a place of a chain.</summary>
internal enum ChainFault
{
    /// <summary>The event with this number is not there: removed or moved.</summary>
    Gap,

    /// <summary>The event does not name the hash of the one before.</summary>
    PreviousHash,

    /// <summary>The event is not the one that was hashed.</summary>
    Hash,
}

/// <param name="Sequence">The first number at which the chain does not hold.</param>
internal readonly record struct ChainBreak(long Sequence, ChainFault Fault);
