using System.Globalization;

namespace MailFlowBot.Transcripts;

/// <summary>Times as transcripts show them: UTC, milliseconds (RFC 3339).</summary>
internal static class TranscriptTime
{
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
