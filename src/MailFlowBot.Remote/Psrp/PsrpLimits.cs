namespace MailFlowBot.Remote.Psrp;

/// <summary>What this side accepts of a peer.</summary>
/// <param name="MaxObjectBytes">
/// Largest defragmented object in bytes. 10 MiB: PowerShell's own default for received objects.
/// </param>
/// <param name="MaxTotalBytes">
/// Most bytes accepted on one stream (the pool, or one pipeline). PowerShell's default is 50 MB for a command; a big queue
/// listing needs more. Arbitrary.
/// </param>
internal sealed record PsrpLimits(int MaxObjectBytes = 10 * 1024 * 1024, long MaxTotalBytes = 512L * 1024 * 1024)
{
    public static PsrpLimits Default { get; } = new();
}
