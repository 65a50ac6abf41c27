using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>PROGRESS_RECORD (MS-PSRP 2.2.2.25).</summary>
/// <remarks>
/// <para><c>PercentComplete</c>: 0 to 100; -1 when not known.</para>
/// <para><c>SecondsRemaining</c>: -1 when not known.</para>
/// <para><c>IsCompleted</c>: True when the activity is over.</para>
/// </remarks>
internal sealed record ProgressRecord(
    string Activity,
    int ActivityId,
    string StatusDescription,
    string? CurrentOperation = null,
    int ParentActivityId = -1,
    int PercentComplete = -1,
    int SecondsRemaining = -1,
    bool IsCompleted = false)
{
    public static ProgressRecord Read(PsObject body) => new(
        Body.OptionalText(body, "Activity") ?? string.Empty,
        Body.OptionalInt32(body, "ActivityId") ?? 0,
        Body.OptionalText(body, "StatusDescription") ?? string.Empty,
        Body.OptionalText(body, "CurrentOperation"),
        Body.OptionalInt32(body, "ParentActivityId") ?? -1,
        Body.OptionalInt32(body, "PercentComplete") ?? -1,
        Body.OptionalInt32(body, "SecondsRemaining") ?? -1,
        Body.OptionalInt32(body, "Type") == 1);

    public PsObject ToObject() => new()
    {
        Extended =
        {
            ["Activity"] = Activity,
            ["ActivityId"] = ActivityId,
            ["StatusDescription"] = StatusDescription,
            ["CurrentOperation"] = CurrentOperation,
            ["ParentActivityId"] = ParentActivityId,
            ["PercentComplete"] = PercentComplete,
            ["Type"] = PsObject.Enum(PsrpNames.EnumProgressRecordType, IsCompleted ? "Completed" : "Processing", IsCompleted ? 1 : 0),
            ["SecondsRemaining"] = SecondsRemaining,
        },
    };
}
