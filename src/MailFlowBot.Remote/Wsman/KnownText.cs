using System.Text;

namespace MailFlowBot.Remote.Wsman;

/// <summary>Names and values that nearly every envelope has, so that they need not be made anew each time.</summary>
internal static class KnownText
{
    private static readonly Dictionary<int, (byte[] Utf8, string Text)> Table = Build(
        WsmanNames.Soap, WsmanNames.Addressing, WsmanNames.Transfer, WsmanNames.Wsman, WsmanNames.MicrosoftWsman, WsmanNames.WsmanFault,
        WsmanNames.Shell, WsmanNames.PowerShell, WsmanNames.Anonymous, WsmanNames.Enumeration,
        WsmanNames.ReceiveAction, WsmanNames.SendAction, WsmanNames.SignalAction, WsmanNames.CommandAction,
        WsmanNames.ReceiveAction + WsmanNames.ResponseSuffix, WsmanNames.SendAction + WsmanNames.ResponseSuffix,
        WsmanNames.SignalAction + WsmanNames.ResponseSuffix, WsmanNames.CommandAction + WsmanNames.ResponseSuffix,
        WsmanNames.FaultAction, WsmanNames.StateRunning, WsmanNames.StateDone, WsmanNames.StandardOutput, WsmanNames.StandardInput,
        WsmanNames.StopSignal, WsmanNames.TerminateSignal, WsmanNames.ShellIdSelector,
        "Envelope", "Header", "Body", "Action", "MessageID", "ActivityId", "To", "RelatesTo", "ReplyTo", "Address", "ResourceURI",
        "MaxEnvelopeSize", "OperationTimeout", "Locale", "DataLocale", "SessionId", "SelectorSet", "Selector", "OptionSet", "Option",
        "Name", "CommandId", "State", "MustComply", "Code", "Stream", "ReceiveResponse", "CommandState", "ExitCode", "Receive",
        "DesiredStream", "Send", "SendResponse", "Signal", "SignalResponse", "CommandLine", "Command", "Arguments", "CommandResponse",
        "Fault", "Value", "Subcode", "Reason", "Text", "Detail", "WSManFault", "Message", "ProviderFault", "Shell", "0");

    /// <summary>Null when it is not known.</summary>
    public static string? Find(ReadOnlySpan<byte> utf8) =>
        Table.TryGetValue(Hash(utf8), out var known) && known.Utf8.AsSpan().SequenceEqual(utf8) ? known.Text : null;

    private static Dictionary<int, (byte[] Utf8, string Text)> Build(params string[] texts)
    {
        // Of two with one hash the first is kept: the other is made anew each time, which is slower and no worse.
        var table = new Dictionary<int, (byte[] Utf8, string Text)>(texts.Length);
        foreach (var text in texts)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            table.TryAdd(Hash(utf8), (utf8, text));
        }

        return table;
    }

    // Length, middle and end: namespaces and actions begin alike.
    private static int Hash(ReadOnlySpan<byte> utf8) => utf8.IsEmpty
        ? 0
        : utf8.Length | (utf8[^1] << 8) | (utf8[utf8.Length / 2] << 16) | ((utf8.Length > 4 ? utf8[^4] : utf8[0]) << 24);
}
