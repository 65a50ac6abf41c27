namespace MailFlowBot.Transcripts;

internal enum TranscriptFormat
{
    Markdown,
    Html,
    Json,
}

/// <summary>The names under which people ask for a format.</summary>
internal static class TranscriptFormats
{
    public static TranscriptFormat? Find(string? name) => name switch
    {
        "md" => TranscriptFormat.Markdown,
        "html" => TranscriptFormat.Html,
        "json" => TranscriptFormat.Json,
        _ => null,
    };

    public static string Name(this TranscriptFormat format) => format switch
    {
        TranscriptFormat.Markdown => "md",
        TranscriptFormat.Html => "html",
        _ => "json",
    };
}
