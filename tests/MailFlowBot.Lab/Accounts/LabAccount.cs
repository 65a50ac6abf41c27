namespace MailFlowBot.Lab.Accounts;

/// <summary>An account of the lab's domain.</summary>
/// <param name="Name">Without the domain.</param>
internal sealed record LabAccount(string Name, LabRole Role)
{
    public const string Domain = "lab.mailflowbot.example";

    /// <summary>The user principal name, as clients are to spell it.</summary>
    public string UserName => $"{Name}@{Domain}";

    /// <summary>The Kerberos principal: realms are told apart by case.</summary>
    public string Principal => $"{Name}@{Domain.ToUpperInvariant()}";

    public static LabAccount OnCall { get; } = new("oncall", LabRole.OnCall);

    public static LabAccount ReadOnly { get; } = new("readonly", LabRole.ReadOnly);

    public static LabAccount Nobody { get; } = new("nobody", LabRole.Nobody);

    /// <summary>The user whose ticket a realm for tests keeps ready; the same rights as <see cref="OnCall"/>.</summary>
    public static LabAccount Operator { get; } = new("operator", LabRole.OnCall);

    public static IReadOnlyList<LabAccount> All { get; } = [OnCall, ReadOnly, Nobody, Operator];

    /// <summary>By user principal name (domain or realm in any case), by DOMAIN\name or by the bare name; null when unknown.</summary>
    public static LabAccount? Named(string? name)
    {
        if (name is null)
            return null;
        var (user, domain) = name.Split('\\') is [var left, var right] ? (right, left)
            : name.Split('@') is [var before, var after] ? (before, after)
            : (name, Domain);
        var known = string.Equals(domain, Domain, StringComparison.OrdinalIgnoreCase)
            || string.Equals(domain, Domain.Split('.')[0], StringComparison.OrdinalIgnoreCase);
        return known ? All.FirstOrDefault(account => string.Equals(account.Name, user, StringComparison.OrdinalIgnoreCase)) : null;
    }
}
