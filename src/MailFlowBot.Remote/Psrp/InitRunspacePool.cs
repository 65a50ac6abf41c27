using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>INIT_RUNSPACEPOOL (MS-PSRP 2.2.2.2).</summary>
internal sealed record InitRunspacePool(int MinRunspaces = 1, int MaxRunspaces = 1)
{
    public static InitRunspacePool Read(PsObject body)
    {
        var init = new InitRunspacePool(Body.Int32(body, PsrpNames.MinRunspaces), Body.Int32(body, PsrpNames.MaxRunspaces));
        return init.MinRunspaces >= 1 && init.MaxRunspaces >= init.MinRunspaces
            ? init
            : throw Body.Wrong(PsrpNames.MinRunspaces, "at least 1 and at most MaxRunspaces");
    }

    public PsObject ToObject() => new()
    {
        Extended =
        {
            [PsrpNames.MinRunspaces] = MinRunspaces,
            [PsrpNames.MaxRunspaces] = MaxRunspaces,
            [PsrpNames.PsThreadOptions] = PsObject.Enum(PsrpNames.EnumPsThreadOptions, "Default", 0),
            [PsrpNames.ApartmentState] = PsObject.Enum(PsrpNames.EnumApartmentState, "UNKNOWN", 2),
            [PsrpNames.HostInfo] = NullHost.ToObject(),
            [PsrpNames.ApplicationArguments] = null,
        },
    };
}
