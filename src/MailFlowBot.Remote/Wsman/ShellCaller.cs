namespace MailFlowBot.Remote.Wsman;

/// <summary>Who sends a request, as the transport has found out.</summary>
/// <param name="User">The account; shells belong to it.</param>
/// <param name="Address">Where the request comes from, for lists of shells.</param>
internal sealed record ShellCaller(string User, string? Address = null);
