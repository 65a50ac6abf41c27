using System.Buffers;
using System.Globalization;

namespace MailFlowBot.Remote.Wsman;

/// <summary>
/// Reads a s:Fault. WinRM nests a ProviderFault with a fault of its own; the innermost message is the one that explains.
/// </summary>
internal static class FaultReader
{
    private static readonly SearchValues<char> EndOfAddress = SearchValues.Create(" \t\r\n\"'<>");

    public static WsmanFault Read(EnvelopeElement fault)
    {
        var parts = new Parts();
        Walk(fault, inSubcode: false, parts);
        var text = parts.Message ?? parts.Reason ?? string.Empty;
        var code = (WsmanFaultCode)parts.Code;
        return new WsmanFault(code, parts.Subcode, text)
        {
            Provider = parts.Provider,
            Location = code == WsmanFaultCode.RedirectRequested ? parts.Location ?? Address(text) ?? Address(parts.Reason) : null,
            Owner = parts.Owner,
        };
    }

    private static void Walk(EnvelopeElement at, bool inSubcode, Parts parts)
    {
        if (parts.Code == 0 && at.Is("WSManFault", WsmanNames.WsmanFault))
            parts.Code = Number(at.Attribute("Code"));
        else if (at.Name == "ProviderFault")
            parts.Provider = at.Attribute("provider") ?? parts.Provider;
        if (at.Text.Trim() is { Length: > 0 } text)
        {
            switch (at.Name)
            {
                case "Value" when inSubcode: parts.Subcode = text[(text.LastIndexOf(':') + 1)..]; break;
                case "Text": parts.Reason = text; break;
                case "Message" or "ProviderFault": parts.Message = text; break;
                case "Location" or "RedirectLocation": parts.Location = text; break;
                case "Owner": parts.Owner = text; break;
                default: break;
            }
        }

        foreach (var child in at.Children)
            Walk(child, inSubcode || at.Name == "Subcode", parts);
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

    /// <summary>Where no element names the place, the text does.</summary>
    private static string? Address(string? text)
    {
        var start = text?.IndexOf("http", StringComparison.OrdinalIgnoreCase) ?? -1;
        if (start < 0)
            return null;
        var rest = text.AsSpan(start);
        var end = rest.IndexOfAny(EndOfAddress);
        var word = (end < 0 ? rest : rest[..end]).TrimEnd(".,;)").ToString();
        return Uri.TryCreate(word, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? word
            : null;
    }

    private sealed class Parts
    {
        public uint Code { get; set; }

        public string? Subcode { get; set; }

        public string? Reason { get; set; }

        public string? Message { get; set; }

        public string? Provider { get; set; }

        public string? Location { get; set; }

        public string? Owner { get; set; }
    }
}
