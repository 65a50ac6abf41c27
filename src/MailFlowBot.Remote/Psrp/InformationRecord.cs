using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>INFORMATION_RECORD (MS-PSRP 2.2.2.26; from protocol 2.3 on).</summary>
internal sealed record InformationRecord(object? MessageData, string Source, IReadOnlyList<string> Tags)
{
    public string Text => MessageData switch
    {
        string text => text,
        PsObject { Text: { } text } => text,
        PsObject { BaseValue: string text } => text,
        _ => string.Empty,
    };

    public static InformationRecord Read(PsObject body) => new(
        body["MessageData"],
        Body.OptionalText(body, "Source") ?? string.Empty,
        [.. Body.Items(body, "Tags").OfType<string>()]);

    public PsObject ToObject() => new()
    {
        Extended =
        {
            ["MessageData"] = MessageData,
            ["Source"] = Source,
            ["Tags"] = new PsObject { TypeNames = PsrpNames.StringArrayTypes, BaseValue = new PsList(Tags) },
        },
    };
}
