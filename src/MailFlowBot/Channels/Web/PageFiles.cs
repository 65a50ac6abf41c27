using System.Collections.Concurrent;

namespace MailFlowBot.Channels.Web;

/// <summary>The page's files. They travel inside the assembly, so the program finds them from any folder.</summary>
internal static class PageFiles
{
    private const string Prefix = "playground/";
    private static readonly ConcurrentDictionary<string, PageFile> Read = new(StringComparer.Ordinal);

    /// <summary>A file by its name below <c>/playground/</c>; null when there is none, as with the card library on a build without npm.</summary>
    public static PageFile? Find(string name)
    {
        if (Read.TryGetValue(name, out var known))
            return known;
        if (ContentType(name) is not { } contentType)
            return null;
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(Prefix + name);
        if (stream is null)
            return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read.GetOrAdd(name, new PageFile(bytes, contentType));
    }

    private static string? ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}

/// <param name="Bytes">As embedded; read only.</param>
internal sealed record PageFile(byte[] Bytes, string ContentType);
