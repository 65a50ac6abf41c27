using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>CONNECT_RUNSPACEPOOL (MS-PSRP 2.2.2.29): a client takes over a pool that another one opened.</summary>
/// <param name="MinRunspaces">Null for the default, a single runspace, which is what every client seen asks for.</param>
/// <param name="MaxRunspaces">Null likewise; both are given or none.</param>
internal sealed record ConnectRunspacePool(int? MinRunspaces = null, int? MaxRunspaces = null)
{
    /// <param name="body">An object with both numbers, or an empty text.</param>
    public static ConnectRunspacePool Read(object? body) => body switch
    {
        PsObject wish => new(Body.OptionalInt32(wish, PsrpNames.MinRunspaces), Body.OptionalInt32(wish, PsrpNames.MaxRunspaces)),
        _ => new(),
    };

    public object ToObject() => MinRunspaces is { } min && MaxRunspaces is { } max
        ? new PsObject { Extended = { [PsrpNames.MinRunspaces] = min, [PsrpNames.MaxRunspaces] = max } }
        : string.Empty;
}
