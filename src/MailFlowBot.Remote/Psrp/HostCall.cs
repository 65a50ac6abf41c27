using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// RUNSPACEPOOL_HOST_CALL and PIPELINE_HOST_CALL (MS-PSRP 2.2.2.15, 2.2.2.27): the server asks the client's host for something.
/// </summary>
/// <remarks>
/// <para><c>CallId</c>: Echoed by the answer; -100 for a call without an answer.</para>
/// </remarks>
internal sealed record HostCall(long CallId, int MethodId, string MethodName)
{
    private const long VoidCall = -100;

    public bool WantsAnswer => CallId != VoidCall;

    public static HostCall Read(PsObject body)
    {
        var method = Body.Object(body, PsrpNames.MethodId);
        return new HostCall(
            Body.Int64(body, PsrpNames.CallId),
            Body.Int32(body, PsrpNames.MethodId),
            method.Text ?? string.Empty);
    }

    public PsObject ToObject(IEnumerable<object?> parameters) => new()
    {
        Extended =
        {
            [PsrpNames.CallId] = CallId,
            [PsrpNames.MethodId] = Method(),
            [PsrpNames.MethodParameters] = new PsObject
            {
                TypeNames = ["System.Collections.ArrayList", PsrpNames.TypeObject],
                BaseValue = new PsList(parameters),
            },
        },
    };

    /// <summary>The answer that refuses the call: without one the pipeline would wait for ever.</summary>
    public PsObject Refusal() => new()
    {
        Extended =
        {
            [PsrpNames.CallId] = CallId,
            [PsrpNames.MethodId] = Method(),
            [PsrpNames.MethodException] = ErrorRecord.Of(
                ErrorCategory.InvalidOperation,
                "HostFunctionNotImplemented",
                "System.Management.Automation.Host.HostException",
                $"The client has no host; {MethodName} cannot be answered.").ToObject(),
        },
    };

    private PsObject Method() => PsObject.Enum(PsrpNames.EnumHostMethod, MethodName, MethodId);
}
