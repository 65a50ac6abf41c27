using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>RUNSPACEPOOL_HOST_RESPONSE and PIPELINE_HOST_RESPONSE (MS-PSRP 2.2.2.16, 2.2.2.28) as the server reads it.</summary>
/// <remarks>
/// <para><c>Error</c>: Set when the client refused or failed the call.</para>
/// </remarks>
internal sealed record HostResponse(long CallId, int MethodId, object? Result, ErrorRecord? Error)
{
    public static HostResponse Read(PsObject body) => new(
        Body.Int64(body, PsrpNames.CallId),
        Body.Int32(body, PsrpNames.MethodId),
        body[PsrpNames.MethodReturn],
        body[PsrpNames.MethodException] is PsObject error ? ErrorRecord.Read(error) : null);
}
