namespace MailFlowBot.Remote.Wsman;

/// <summary>How GUIDs are spelt in envelopes: upper case, as WinRM does; some servers compare them as text.</summary>
internal static class WsmanIds
{
    public static string Text(Guid value) => value.ToString("D").ToUpperInvariant();

    public static string Uuid(Guid value) => "uuid:" + Text(value);
}
