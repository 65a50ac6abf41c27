namespace MailFlowBot.Remote.Smtp;

/// <summary>
/// A domain name (RFC 5321 4.1.2): what the probe says EHLO with, and where it connects to. Fixed by configuration and the inventory.
/// </summary>
internal readonly record struct DomainName
{
    private readonly string? _name;

    /// <exception cref="FormatException">Not labels of letters, digits and hyphens joined by dots, or longer than 255.</exception>
    public DomainName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Strict, because the name goes into a command line: anything else could be a second command.
        if (name.Length is 0 or > SmtpLimits.DomainOctets || !name.Split('.').All(IsLabel))
            throw new FormatException("A domain name such as probe.contoso.com is expected: labels of letters, digits and hyphens joined by dots.");
        _name = name;
    }

    public string Name => _name ?? "localhost";

    public override string ToString() => Name;

    private static bool IsLabel(string label) => label.Length is > 0 and <= 63
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        && label[0] != '-' && label[^1] != '-';
}
