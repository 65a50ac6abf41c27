using System.Text;

namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// Names of properties and types, which repeat in every object of every answer: one string each, shared by all threads. Only
/// names: values may be mail content and live no longer than their message.
/// </summary>
internal static class WireNames
{
    // A session with Exchange uses some hundred names. Full of the longest, about two and a half megabytes.
    private static readonly WireCache<string> Names = new(places: 2048, longest: 256);

    // Whole lists of type names, as they stand between the tags of TN. At most some four megabytes.
    private static readonly WireCache<string[]> Lists = new(places: 512, longest: 2048);

    /// <summary>A name from the bytes of an attribute or a T element in which nothing but CLIXML's own escapes is left to undo.</summary>
    public static string Name(ReadOnlySpan<byte> wire)
    {
        if (Names.Find(wire, out var hash) is { } known)
            return known;
        var name = EscapedText.Decode(Encoding.UTF8.GetString(wire));
        Names.Keep(wire, hash, name);
        return name;
    }

    public static string[]? List(ReadOnlySpan<byte> wire, out uint hash) => Lists.Find(wire, out hash);

    public static void Keep(ReadOnlySpan<byte> wire, uint hash, string[] list) => Lists.Keep(wire, hash, list);
}
