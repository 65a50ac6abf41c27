using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>
/// The section HomeMdbRouting of a pasted <c>routingconfig@TIME.xml</c>: the stores that the hub knows a route to (Procedure 1, steps 1 to
/// 3). Pasted pieces are rarely whole documents, so the section is cut out as text; nothing in it is resolved or expanded.
/// </summary>
/// <param name="Section">What stands between the tags.</param>
/// <param name="Whole">False when its end was not pasted: a store that is not in it may still be listed.</param>
internal sealed record RoutingConfigPaste(string Section, bool Whole)
{
    private const string Open = "<HomeMdbRouting";
    private const string Close = "</HomeMdbRouting";

    public static RoutingConfigPaste? Of(string text)
    {
        // The newest file is the one that counts; people paste it last.
        var start = text.LastIndexOf(Open, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;
        var body = text.AsSpan(start + Open.Length);
        if (body.IndexOf('>') is var tag && tag > 0 && body[tag - 1] == '/' && !body[..tag].Contains('<'))
            return new("", Whole: true);
        var end = body.IndexOf(Close, StringComparison.OrdinalIgnoreCase);
        return new((end < 0 ? body : body[..end]).ToString(), end >= 0);
    }

    /// <summary>Whether a store of the server is listed; null when the piece does not tell.</summary>
    public bool? Lists(ServerName server)
    {
        for (var at = 0; (at = Section.IndexOf(server.Value, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + server.Value.Length;
            if ((at == 0 || !IsNamePart(Section[at - 1])) && (end == Section.Length || !IsNamePart(Section[end])))
                return true;
        }

        return Whole ? false : null;
    }

    private static bool IsNamePart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
