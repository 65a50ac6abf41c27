namespace MailFlowBot.Remote.Wsman;

/// <summary>How much payload fits into an envelope of a given size.</summary>
internal static class EnvelopeBudget
{
    /// <summary>
    /// Bytes of payload that fit as base64 (4 characters for every 3 bytes begun) beside a skeleton of <paramref name="skeleton"/>
    /// bytes, exactly: one more does not. 0 or less when none do.
    /// </summary>
    public static int Payload(int maxEnvelope, int skeleton) => (maxEnvelope - skeleton) / 4 * 3;
}
