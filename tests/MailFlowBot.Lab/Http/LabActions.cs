using System.Text;

namespace MailFlowBot.Lab.Http;

/// <summary>Tells requests apart by their bytes, so that even an envelope that our reader refuses can be aimed at.</summary>
internal static class LabActions
{
    private static readonly (string Mark, LabAction Action)[] Marks =
    [
        ("shell/Command<", LabAction.Command),
        ("shell/Send<", LabAction.Send),
        ("shell/Disconnect<", LabAction.Disconnect),
        ("shell/Reconnect<", LabAction.Reconnect),
        ("shell/Connect<", LabAction.Connect),
        ("transfer/Create<", LabAction.Create),
        ("transfer/Delete<", LabAction.Delete),
        ("transfer/Get<", LabAction.Get),
        ("enumeration/Enumerate<", LabAction.Enumerate),
        ("enumeration/Pull<", LabAction.Enumerate),
        ("wsmanidentity.xsd", LabAction.Identify),
    ];

    public static LabAction Of(ReadOnlySpan<byte> envelope)
    {
        if (envelope.IsEmpty)
            return LabAction.Handshake;
        var text = Encoding.UTF8.GetString(envelope);
        if (text.Contains("shell/Receive<", StringComparison.Ordinal))
            return OfCommand(text) ? LabAction.CommandReceive : LabAction.PoolReceive;
        if (text.Contains("shell/Signal<", StringComparison.Ordinal))
            return text.Contains("crtl_c", StringComparison.Ordinal) ? LabAction.Stop : LabAction.Terminate;
        return Marks.FirstOrDefault(mark => text.Contains(mark.Mark, StringComparison.Ordinal)).Action;
    }

    private static bool OfCommand(string text)
    {
        var start = text.IndexOf("DesiredStream", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf('>', start);
        return end > start && text.AsSpan(start, end - start).Contains("CommandId", StringComparison.Ordinal);
    }
}
