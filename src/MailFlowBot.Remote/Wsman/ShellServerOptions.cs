namespace MailFlowBot.Remote.Wsman;

/// <summary>What an endpoint serves.</summary>
/// <param name="ConfigurationName">The only configuration there is, e.g. <c>Microsoft.Exchange</c>.</param>
/// <param name="MaxEnvelopeSize">Largest request taken, and largest answer given whatever the client allows; bytes.</param>
/// <param name="MaxShells">Shells at a time; Windows allows 30 for a user.</param>
/// <param name="MaxCommandsPerShell">Commands at a time that were not terminated; Windows' default is 1000.</param>
internal sealed record ShellServerOptions(
    string ConfigurationName = "Microsoft.Exchange",
    int MaxEnvelopeSize = ShellOptions.LargeMaxEnvelopeSize,
    int MaxShells = 30,
    int MaxCommandsPerShell = 1000)
{
    /// <summary>Who asks, where the transport does not tell.</summary>
    public ShellCaller Caller { get; init; } = new("CONTOSO\\mailflowbot");

    /// <summary>Operations of one user at a time: Receives in waiting. Windows allows 1500.</summary>
    public int MaxOperations { get; init; } = 1500;

    /// <summary>Users with shells at a time.</summary>
    public int MaxUsers { get; init; } = int.MaxValue;

    /// <summary>Shells of all users.</summary>
    public int MaxPluginShells { get; init; } = int.MaxValue;

    /// <summary>Operations of all users at a time.</summary>
    public int MaxPluginOperations { get; init; } = int.MaxValue;

    /// <summary>Which of the two codes that Windows has for a quota of a user is given.</summary>
    public QuotaWording QuotaWording { get; init; }

    /// <summary>How long a shell may be without a waiting Receive before its client counts as lost; Windows: about 2 minutes.</summary>
    public TimeSpan? LostAfter { get; init; }

    /// <summary>Items of a list at a time, whatever the client asks for.</summary>
    public int MaxListed { get; init; } = 100;

    public TimeSpan IdleTimeOut { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan MaxIdleTimeOut { get; init; } = TimeSpan.FromHours(12);

    public string ResourceUri => WsmanNames.PowerShellResource + ConfigurationName;
}

/// <summary>Quotas of a user have a code of WinRM and one of its plug-in configuration; servers give the one or the other.</summary>
internal enum QuotaWording
{
    /// <summary>2150859173 and 2150859174.</summary>
    User,

    /// <summary>2150859236 and 2150859240.</summary>
    Plugin,
}
