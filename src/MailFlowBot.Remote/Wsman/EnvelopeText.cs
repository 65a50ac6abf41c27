using System.Buffers;
using System.Text;

namespace MailFlowBot.Remote.Wsman;

/// <summary>Makes strings of an envelope's bytes; what nearly every envelope has is not made anew.</summary>
internal static class EnvelopeText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="WsmanException">No UTF-8.</exception>
    public static string Read(ReadOnlySpan<byte> utf8)
    {
        if (KnownText.Find(utf8) is { } known)
            return known;
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new WsmanException(EnvelopeFault.Malformed, "The envelope holds bytes that are no UTF-8.", e);
        }
    }

    /// <summary>The value of an attribute: references resolved, white space as XML 1.0 3.3.3 says.</summary>
    public static string Resolve(ReadOnlySpan<byte> raw)
    {
        var text = new ArrayBufferWriter<byte>(raw.Length);
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOfAny("&\t\r\n"u8);
            text.Write(plain < 0 ? raw : raw[..plain]);
            if (plain < 0)
                break;
            raw = raw[plain..];
            if (raw[0] != '&')
            {
                raw = raw[(raw.StartsWith("\r\n"u8) ? 2 : 1)..];
                text.Write(" "u8);
                continue;
            }

            var end = raw.IndexOf((byte)';');
            if (end < 0)
                throw CharacterReference.Refusal(raw[1..]);
            text.Advance(CharacterReference.Resolve(raw[1..end], text.GetSpan(CharacterReference.MaxUtf8)));
            raw = raw[(end + 1)..];
        }

        return Read(text.WrittenSpan);
    }
}
