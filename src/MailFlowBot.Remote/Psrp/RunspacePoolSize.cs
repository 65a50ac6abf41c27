using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>RUNSPACEPOOL_INIT_DATA (MS-PSRP 2.2.2.30): the size of the pool that a client has connected to. A number that is not given is 1.</summary>
internal sealed record RunspacePoolSize(int MinRunspaces, int MaxRunspaces)
{
    public static RunspacePoolSize Read(PsObject body) =>
        new(Body.OptionalInt32(body, PsrpNames.MinRunspaces) ?? 1, Body.OptionalInt32(body, PsrpNames.MaxRunspaces) ?? 1);

    public PsObject ToObject() =>
        new() { Extended = { [PsrpNames.MinRunspaces] = MinRunspaces, [PsrpNames.MaxRunspaces] = MaxRunspaces } };
}
