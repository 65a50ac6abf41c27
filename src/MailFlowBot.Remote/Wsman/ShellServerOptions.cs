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
    public string Owner { get; init; } = "CONTOSO\\mailflowbot";

    public TimeSpan IdleTimeOut { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan MaxIdleTimeOut { get; init; } = TimeSpan.FromHours(12);

    public string ResourceUri => WsmanNames.PowerShellResource + ConfigurationName;
}
