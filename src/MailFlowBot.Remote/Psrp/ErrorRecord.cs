using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>An error of a cmdlet (MS-PSRP 2.2.2.20 and 2.2.3.15).</summary>
/// <remarks>
/// <para>
/// <c>Message</c>: What the person at a console would read: the details' message if there is one, else the exception's.
/// </para>
/// <para>
/// <c>FullyQualifiedErrorId</c>: Stable over languages and versions, e.g. <c>CommandNotFoundException</c>; decide on this, never
/// on the message.
/// </para>
/// <para><c>ExceptionTypes</c>: Type names of the exception, most derived first.</para>
/// <para><c>Reason</c>: Short name of the exception type, as the category carries it.</para>
/// </remarks>
internal sealed record ErrorRecord(
    string Message,
    string FullyQualifiedErrorId,
    ErrorCategory Category,
    IReadOnlyList<string> ExceptionTypes,
    string Activity = "",
    string Reason = "",
    string TargetName = "",
    string TargetType = "",
    object? TargetObject = null)
{
    private const string DeserializedPrefix = "Deserialized.";

    private static readonly string[] ErrorRecordTypes = [PsrpNames.TypeErrorRecord, PsrpNames.TypeObject];

    /// <summary>An error as a cmdlet of a server writes it.</summary>
    public static ErrorRecord Of(
        ErrorCategory category, string errorId, string exceptionType, string message, string? target = null, string activity = "") => new(
        message,
        errorId,
        category,
        [exceptionType, "System.Exception", PsrpNames.TypeObject],
        activity,
        exceptionType[(exceptionType.LastIndexOf('.') + 1)..],
        target ?? string.Empty,
        target is null ? string.Empty : "String",
        target);

    /// <summary>
    /// True when the exception is of a type with this full name or derives from it; a Deserialized. prefix does not matter.
    /// </summary>
    public bool IsException(string typeName)
    {
        foreach (var type in ExceptionTypes)
        {
            var name = type.StartsWith(DeserializedPrefix, StringComparison.Ordinal) ? type.AsSpan(DeserializedPrefix.Length) : type;
            if (name.SequenceEqual(typeName))
                return true;
        }

        return false;
    }

    public static ErrorRecord Read(PsObject body)
    {
        var exception = body[PsrpNames.Exception] as PsObject;
        return new ErrorRecord(
            Body.OptionalText(body, PsrpNames.DetailsMessage)
                ?? (exception is null ? null : Body.OptionalText(exception, PsrpNames.Message))
                ?? body.Text
                ?? exception?.Text
                ?? string.Empty,
            Body.OptionalText(body, PsrpNames.FullyQualifiedErrorId) ?? string.Empty,
            (ErrorCategory)(Body.OptionalInt32(body, PsrpNames.Category) ?? 0),
            exception?.TypeNames ?? [],
            Body.OptionalText(body, PsrpNames.CategoryActivity) ?? string.Empty,
            Body.OptionalText(body, PsrpNames.CategoryReason) ?? string.Empty,
            Body.OptionalText(body, PsrpNames.CategoryTargetName) ?? string.Empty,
            Body.OptionalText(body, PsrpNames.CategoryTargetType) ?? string.Empty,
            body[PsrpNames.TargetObject]);
    }

    public PsObject ToObject() => new()
    {
        TypeNames = ErrorRecordTypes,
        Text = Message,
        Extended =
        {
            [PsrpNames.WriteErrorStream] = true,
            [PsrpNames.Exception] = new PsObject
            {
                TypeNames = ExceptionTypes,
                Text = ExceptionTypes.Count > 0 ? $"{ExceptionTypes[0]}: {Message}" : Message,
                Adapted = { [PsrpNames.Message] = Message },
            },
            [PsrpNames.TargetObject] = TargetObject,
            [PsrpNames.FullyQualifiedErrorId] = FullyQualifiedErrorId,
            [PsrpNames.InvocationInfo] = null,
            [PsrpNames.Category] = (int)Category,
            [PsrpNames.CategoryActivity] = Activity,
            [PsrpNames.CategoryReason] = Reason,
            [PsrpNames.CategoryTargetName] = TargetName,
            [PsrpNames.CategoryTargetType] = TargetType,
            [PsrpNames.CategoryMessage] = $"{Category}: ({TargetName}:{TargetType}) [{Activity}], {Reason}",
            [PsrpNames.SerializeExtendedInfo] = false,
        },
    };
}
