using System.Globalization;
using System.Text.RegularExpressions;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// Which Exchange a server is. Decides what can be read there at all: 2007 has only the local shell, 2000 and 2003 have none.
/// </summary>
public enum ExchangeGeneration { Unknown, Exchange2000, Exchange2003, Exchange2007, Exchange2010, Exchange2013OrLater }

/// <summary>Reads the generation from AdminDisplayVersion.</summary>
internal static partial class ExchangeGenerations
{
    /// <param name="version">Such as <c>Version 8.3 (Build 83.6)</c> or <c>Version 6.5 (Build 7638.2: Service Pack 2)</c>.</param>
    public static ExchangeGeneration Of(string? version)
    {
        var match = Number().Match(version ?? "");
        if (!match.Success)
            return ExchangeGeneration.Unknown;
        var major = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var minor = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return (major, minor) switch
        {
            (6, 0) => ExchangeGeneration.Exchange2000,
            (6, 5) => ExchangeGeneration.Exchange2003,
            (8, _) => ExchangeGeneration.Exchange2007,
            (14, _) => ExchangeGeneration.Exchange2010,
            ( >= 15, _) => ExchangeGeneration.Exchange2013OrLater,
            _ => ExchangeGeneration.Unknown,
        };
    }

    [GeneratedRegex(@"(?<!\d)(\d{1,3})\.(\d{1,3})", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Number();
}
