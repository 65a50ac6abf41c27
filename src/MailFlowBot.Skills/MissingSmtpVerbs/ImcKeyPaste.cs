namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>Whether the key that Exchange 5.5 leaves behind is there.</summary>
internal enum ImcKey { Absent, Present }

/// <summary>
/// Pasted output of <c>reg query</c> about the service key MSExchangeIMC, which must not exist on Exchange 2000 or later (KB 822939, More
/// information).
/// </summary>
internal static class ImcKeyPaste
{
    private const string Key = @"\Services\MSExchangeIMC";

    /// <returns>Null when the text holds no such output.</returns>
    public static ImcKey? Of(string text)
    {
        ImcKey? found = null;
        var asked = false;
        foreach (var line in text.EnumerateLines())
        {
            var trimmed = line.Trim();
            // The answer names the hive in full; the command uses its short name. Of two answers the later counts.
            if (trimmed.StartsWith("HKEY_LOCAL_MACHINE", StringComparison.OrdinalIgnoreCase) && trimmed.Contains(Key, StringComparison.OrdinalIgnoreCase))
                (found, asked) = (ImcKey.Present, false);
            else if (asked && (trimmed.StartsWith("ERROR:", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("エラー", StringComparison.Ordinal)))
                (found, asked) = (ImcKey.Absent, false);
            else
                asked |= trimmed.Contains("reg query", StringComparison.OrdinalIgnoreCase) && trimmed.Contains("MSExchangeIMC", StringComparison.OrdinalIgnoreCase);
        }

        return found;
    }
}
