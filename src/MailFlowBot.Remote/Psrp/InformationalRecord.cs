using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>DEBUG_RECORD, VERBOSE_RECORD and WARNING_RECORD (MS-PSRP 2.2.2.22 to 2.2.2.24).</summary>
internal sealed record InformationalRecord(string Message)
{
    public static InformationalRecord Read(PsObject body) => new(
        Body.OptionalText(body, PsrpNames.RecordMessage) ?? body.Text ?? throw Body.Wrong(PsrpNames.RecordMessage, "a text"));

    public PsObject ToObject(MessageType type) => new()
    {
        TypeNames =
        [
            $"System.Management.Automation.{type}",
            "System.Management.Automation.InformationalRecord",
            PsrpNames.TypeObject,
        ],
        Text = Message,
        Extended =
        {
            [PsrpNames.RecordMessage] = Message,
            [PsrpNames.RecordSerializeInvocation] = false,
        },
    };
}
