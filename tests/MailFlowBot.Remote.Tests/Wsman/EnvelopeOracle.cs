using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Reads envelopes by way of the framework's XML reader: what our scanner is measured against.</summary>
internal static class EnvelopeOracle
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,

        // PowerShell puts texts of cmdlets into fault details, with control characters as references that XML 1.0 forbids.
        CheckCharacters = false,
        MaxCharactersInDocument = EnvelopeLimits.MaxBytes,
        MaxCharactersFromEntities = 1024,
    };

    public static Envelope Read(ReadOnlyMemory<byte> envelope)
    {
        if (envelope.Length > EnvelopeLimits.MaxBytes)
            throw new WsmanException(EnvelopeFault.TooLarge, $"The envelope has {envelope.Length} bytes; at most {EnvelopeLimits.MaxBytes} are read.");
        try
        {
            using var reader = XmlReader.Create(Open(envelope), Settings);
            using var builder = new EnvelopeBuilder();
            while (reader.Read())
                Feed(builder, reader);
            return new Envelope(builder.Root());
        }
        catch (XmlException e)
        {
            throw new WsmanException(EnvelopeFault.Malformed, $"The envelope is no readable XML: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new WsmanException(EnvelopeFault.Malformed, "The envelope is no valid text of its encoding.", e);
        }
    }

    private static void Feed(EnvelopeBuilder builder, XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = reader.IsEmptyElement;
                var (ns, name) = (reader.NamespaceURI, reader.LocalName);
                var attributes = new List<EnvelopeAttribute>();
                while (reader.MoveToNextAttribute())
                {
                    if (reader.Prefix.Length == 0 && reader.Name != "xmlns")
                        attributes.Add(new EnvelopeAttribute(reader.LocalName, reader.Value));
                }

                builder.Open(ns, name, attributes);
                if (isEmpty)
                    builder.Close();
                break;
            case XmlNodeType.EndElement:
                builder.Close();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when builder.Depth > 0:
                builder.Text(Encoding.UTF8.GetBytes(reader.Value));
                break;
            default:
                break;
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
