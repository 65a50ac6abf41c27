using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// HostInfo (MS-PSRP 2.2.3.14) of a client without a host: a prompt then becomes an error on the server and cannot hang us.
/// </summary>
internal static class NullHost
{
    public static PsObject ToObject() => new()
    {
        Extended =
        {
            [PsrpNames.IsHostNull] = true,
            [PsrpNames.IsHostUiNull] = true,
            [PsrpNames.IsHostRawUiNull] = true,
            [PsrpNames.UseRunspaceHost] = true,
        },
    };
}
