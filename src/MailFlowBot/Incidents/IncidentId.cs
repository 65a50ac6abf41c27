using System.Globalization;

namespace MailFlowBot.Incidents;

/// <summary>Number of an incident, written <c>INC-7</c>. Number 0 is the installation's own log: freezes and lifts.</summary>
internal readonly record struct IncidentId(long Number)
{
    private const string Prefix = "INC-";

    /// <summary>The log of what concerns the whole installation and no single incident.</summary>
    public static readonly IncidentId Installation = new(0);

    public override string ToString() => Prefix + Number.ToString(CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out IncidentId id)
    {
        id = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return false;
        var parsed = long.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        id = new IncidentId(number);
        return parsed;
    }
}
