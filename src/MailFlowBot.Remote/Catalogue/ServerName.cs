using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// The short name of an Exchange server (RFC 1123 host label, 1 to 63 characters). Compared without case. A value of this type
/// is well formed, no more: whether the server exists is a question to the inventory.
/// </summary>
public readonly partial record struct ServerName
{
    private readonly string? _value;

    /// <param name="value">Letters, digits and inner hyphens.</param>
    /// <exception cref="FormatException">The text is not a host label.</exception>
    public ServerName(string value)
    {
        if (!IsHostLabel(value))
            throw new FormatException($"'{Shorten(value)}' is not a server name: 1 to 63 letters, digits or hyphens are expected.");
        _value = value;
    }

    /// <summary>The name as the inventory spells it.</summary>
    public string Value => _value ?? "";

    public static bool TryParse([NotNullWhen(true)] string? text, out ServerName name)
    {
        name = IsHostLabel(text) ? new ServerName(text!) : default;
        return IsHostLabel(text);
    }

    public bool Equals(ServerName other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    public override string ToString() => Value;

    private static bool IsHostLabel(string? text) => text is not null && HostLabel().IsMatch(text);

    private static string Shorten(string? text) => text is null ? "" : text.Length > 40 ? text[..40] + "…" : text;

    [GeneratedRegex("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HostLabel();
}
