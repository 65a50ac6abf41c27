using System.Text;

namespace MailFlowBot.Incidents;

/// <param name="Text">What may be stored and shown.</param>
/// <param name="Count">How many parts were masked.</param>
/// <param name="SecretSeen">
/// A password, key or token was among them: its writer must be told to delete the message and to rotate it.
/// </param>
internal sealed record Redacted(string Text, int Count, bool SecretSeen);

/// <summary>
/// Masks recipients, subjects, addresses of machines and secrets. Runs before anything is stored or rendered, so that nothing after it has
/// to be trusted with them. Server names, versions and status codes stay: they are what an incident is about. When in doubt it masks.
/// Every rule looks at each character a bounded number of times; masking what was masked already changes nothing.
/// </summary>
internal static class Redaction
{
    public static Redacted Redact(string text)
    {
        // Masked by offset: the folded text has the same length, so that full-width digits and signs are found where they stand.
        var folded = RedactionText.Fold(text);
        var found = new List<RedactedPart>();
        RedactionTokens.Find(folded, found);
        RedactionKeys.Find(folded, found);
        RedactionDialogue.Find(folded, found);
        RedactionHeaders.Find(folded, found);
        RedactionAddresses.Find(folded, found);
        RedactionHosts.Find(folded, found);
        var parts = Merge(found);
        if (parts.Count == 0)
            return new Redacted(text, 0, SecretSeen: false);

        var masked = new StringBuilder(text.Length);
        var at = 0;
        foreach (var part in parts)
        {
            masked.Append(text, at, part.Start - at).Append(Mark(part.Kind));
            at = part.End;
        }

        masked.Append(text, at, text.Length - at);
        return new Redacted(masked.ToString(), parts.Count, parts.Exists(part => part.Kind == RedactedKind.Secret));
    }

    public static string Mark(RedactedKind kind) => kind switch
    {
        RedactedKind.Secret => "[secret]",
        RedactedKind.Subject => "[subject]",
        RedactedKind.Address => "[address]",
        _ => "[ip]",
    };

    /// <summary>Parts that overlap become one, of the gravest kind among them.</summary>
    private static List<RedactedPart> Merge(List<RedactedPart> found)
    {
        var merged = new List<RedactedPart>(found.Count);
        foreach (var part in found.Where(part => part.End > part.Start).OrderBy(part => part.Start))
        {
            if (merged.Count > 0 && part.Start < merged[^1].End)
            {
                var last = merged[^1];
                merged[^1] = new RedactedPart(
                    last.Start, Math.Max(last.End, part.End), last.Kind < part.Kind ? last.Kind : part.Kind);
            }
            else
            {
                merged.Add(part);
            }
        }

        return merged;
    }
}
