using System.Buffers.Binary;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// The layout of a wrap token. Windows wants what precedes the cipher text apart from it and of a fixed size; a Kerberos token of
/// GSS-API has its check sum at the end (RFC 4121 4.2.4). Rotating what follows the token's header brings it to the front
/// (RFC 4121 4.2.5); whoever unwraps turns it back by the count in the header.
/// </summary>
internal static class WrapToken
{
    // RFC 4121 4.2.6.2: TOK_ID 05 04, flags, filler, EC, RRC, sequence number; flag 2 = sealed.
    private const int HeaderSize = 16;
    private const int Flags = 2;
    private const int ExtraCount = 4;
    private const int RightRotation = 6;
    private const byte SealedFlag = 2;

    // Of the overhead, the token's header and the confounder stay in front of the text when nothing is rotated.
    private const int FrontOverhead = 32;

    /// <summary>
    /// Brings a token, in place, into the layout of Windows: <c>header ‖ cipher text</c>, the latter as long as the plain text.
    /// </summary>
    /// <returns>Bytes of the header.</returns>
    /// <exception cref="EncryptedMessageException">The token does not encrypt, or is none.</exception>
    public static int Arrange(Span<byte> token, int plainLength)
    {
        var overhead = token.Length - plainLength;
        if (overhead <= 0 || plainLength < 0)
            throw new EncryptedMessageException($"A wrap token of {token.Length} bytes cannot hold {plainLength} encrypted bytes.");
        if (!IsKerberos(token))
            return overhead;
        if ((token[Flags] & SealedFlag) == 0)
            throw new EncryptedMessageException("The wrap token is signed and not encrypted.");
        var rotation = overhead - FrontOverhead;
        var rotated = BinaryPrimitives.ReadUInt16BigEndian(token[RightRotation..]);

        // SSPI hands out tokens that are rotated already.
        if (rotation > 0 && rotated != rotation)
        {
            if (rotated != 0)
                throw new EncryptedMessageException($"The wrap token is rotated by {rotated} bytes where {rotation} would be needed.");
            RotateRight(token[HeaderSize..], rotation);
            BinaryPrimitives.WriteUInt16BigEndian(token[RightRotation..], (ushort)rotation);
        }

        return overhead;
    }

    /// <summary>Bytes by which the cipher text is longer than the plain text (EC of RFC 4121); 0 for other mechanisms.</summary>
    public static int Filler(ReadOnlySpan<byte> token) =>
        IsKerberos(token) && (token[Flags] & SealedFlag) != 0 ? BinaryPrimitives.ReadUInt16BigEndian(token[ExtraCount..]) : 0;

    private static bool IsKerberos(ReadOnlySpan<byte> token) => token is [0x05, 0x04, ..] && token.Length >= HeaderSize;

    private static void RotateRight(Span<byte> bytes, int count)
    {
        var tail = bytes[^count..].ToArray();
        bytes[..^count].CopyTo(bytes[count..]);
        tail.CopyTo(bytes);
    }
}
