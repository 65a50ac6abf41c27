namespace MailFlowBot.Remote.Wsman;

/// <summary>How much payload fits into an envelope of a given size.</summary>
internal static class EnvelopeBudget
{
    /// <summary>
    /// Kept free beside the measured skeleton: other ids and numbers may be longer. Arbitrary, as large as other clients keep.
    /// </summary>
    public const int Margin = 256;

    /// <summary>
    /// Bytes of payload that fit as base64 (4 characters for 3 bytes) beside a skeleton of <paramref name="skeleton"/> bytes; 0
    /// or less when none do.
    /// </summary>
    public static int Payload(int maxEnvelope, int skeleton) => (maxEnvelope - skeleton - Margin) / 4 * 3;
}
