using System.Text;
using System.Xml;

namespace MailFlowBot.Remote.Wsman;

/// <summary>What both halves share when they write: prefixes as in the brief, UTF-8 without BOM or declaration.</summary>
internal static class EnvelopeWriter
{
    // More than any envelope of ours has beside its payload.
    private const int Skeleton = 3072;

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,

        // Texts of faults come from elsewhere and may hold characters that XML 1.0 forbids; they leave as references.
        CheckCharacters = false,
    };

    /// <param name="header">Writes the headers.</param>
    /// <param name="body">Writes the body.</param>
    /// <param name="payload">How many bytes the body carries as base64, so that the buffer need not grow.</param>
    public static ReadOnlyMemory<byte> Write(Action<XmlWriter> header, Action<XmlWriter> body, int payload = 0)
    {
        using var stream = new MemoryStream(Skeleton + (payload / 3 * 4));
        using (var to = XmlWriter.Create(stream, Settings))
        {
            to.WriteStartElement("s", "Envelope", WsmanNames.Soap);
            Prefix(to, "a", WsmanNames.Addressing);
            Prefix(to, "w", WsmanNames.Wsman);
            Prefix(to, "p", WsmanNames.MicrosoftWsman);
            Prefix(to, "rsp", WsmanNames.Shell);
            to.WriteStartElement("Header", WsmanNames.Soap);
            header(to);
            to.WriteEndElement();
            to.WriteStartElement("Body", WsmanNames.Soap);
            body(to);
            to.WriteEndElement();
            to.WriteEndElement();
        }

        return new ReadOnlyMemory<byte>(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void Element(XmlWriter to, string name, string ns, string value, bool? mustUnderstand = null)
    {
        to.WriteStartElement(name, ns);
        if (mustUnderstand is { } must)
            to.WriteAttributeString("mustUnderstand", WsmanNames.Soap, must ? "true" : "false");
        to.WriteString(value);
        to.WriteEndElement();
    }

    public static void Base64(XmlWriter to, ReadOnlyMemory<byte> bytes)
    {
        if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array))
            to.WriteBase64(array.Array!, array.Offset, array.Count);
        else
            to.WriteBase64(bytes.ToArray(), 0, bytes.Length);
    }

    private static void Prefix(XmlWriter to, string prefix, string ns) => to.WriteAttributeString("xmlns", prefix, null, ns);
}
