using System.Globalization;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Reads a s:Fault. WinRM nests a ProviderFault with a fault of its own; the innermost message is the one that explains.
/// </summary>
internal static class FaultReader
{
    /// <summary>The cursor stands on s:Fault.</summary>
    public static WsmanFault Read(EnvelopeCursor at)
    {
        string? subcode = null, reason = null, message = null;
        uint code = 0;
        at.Walk(
            enter: () =>
            {
                if (code == 0 && at.Is("WSManFault", WsmanNames.WsmanFault))
                    code = Number(at.Attribute("Code"));
            },
            text: (path, value) =>
            {
                if (string.IsNullOrWhiteSpace(value))
                    return;
                var text = value.Trim();
                switch (path.Peek())
                {
                    case "Value" when path.Contains("Subcode"): subcode = text[(text.LastIndexOf(':') + 1)..]; break;
                    case "Text": reason = text; break;
                    case "Message" or "ProviderFault": message = text; break;
                    default: break;
                }
            });
        return new WsmanFault((WsmanFaultCode)code, subcode, message ?? reason ?? string.Empty);
    }

    /// <summary>Some servers write the code as a signed or hexadecimal number.</summary>
    private static uint Number(string? text)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed))
            return unchecked((uint)signed);
        return text is { Length: > 2 } && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
            ? hex
            : 0;
    }
}
