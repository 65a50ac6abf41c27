using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// The MIME form of an encrypted body (MS-WSMV 2.2.9.1), as both roles write it. Not quite MIME: no empty line ends the headers of
/// a part, and no line break precedes a boundary.
/// </summary>
internal static class EncryptedMultipart
{
    /// <summary>Media type of an encrypted body.</summary>
    public const string MediaType = "multipart/encrypted";

    /// <summary>Media type that some servers use when a body has several parts.</summary>
    public const string ManyMediaType = "multipart/x-multi-encrypted";

    /// <summary>What is inside, and what a plain body is sent as.</summary>
    public const string SoapMediaType = "application/soap+xml;charset=UTF-8";

    internal const string Boundary = "Encrypted Boundary";
    internal const string KerberosName = "application/HTTP-Kerberos-session-encrypted";
    internal const string SpnegoName = "application/HTTP-SPNEGO-session-encrypted";

    /// <summary>The name of a protocol on the wire.</summary>
    public static string Name(EncryptionProtocol protocol) => protocol switch
    {
        EncryptionProtocol.Kerberos => KerberosName,
        EncryptionProtocol.Spnego => SpnegoName,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    /// <summary>Content-Type of a body that <see cref="WritePart"/> made.</summary>
    public static string ContentType(EncryptionProtocol protocol) =>
        $"{MediaType};protocol=\"{Name(protocol)}\";boundary=\"{Boundary}\"";

    /// <summary>True for the Content-Type of an encrypted body.</summary>
    public static bool Is(string? contentType)
    {
        var mediaType = (contentType ?? "").AsSpan();
        var end = mediaType.IndexOf(';');
        mediaType = (end < 0 ? mediaType : mediaType[..end]).Trim();
        return mediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) || mediaType.Equals(ManyMediaType, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Appends one part; several make one body.</summary>
    /// <param name="output">Where the body is built.</param>
    /// <param name="protocol">As agreed by the handshake.</param>
    /// <param name="token">As <see cref="WrapToken.Arrange"/> leaves it.</param>
    /// <param name="headerLength">As that returned it.</param>
    /// <param name="plainLength">Bytes of the text in it.</param>
    /// <param name="isLast">Closes the body.</param>
    public static void WritePart(
        IBufferWriter<byte> output, EncryptionProtocol protocol, ReadOnlySpan<byte> token, int headerLength, int plainLength, bool isLast = true)
    {
        var head = $"--{Boundary}\r\n\tContent-Type: {Name(protocol)}\r\n\tOriginalContent: type={SoapMediaType};Length={plainLength}\r\n" +
            $"--{Boundary}\r\n\tContent-Type: application/octet-stream\r\n";
        Encoding.ASCII.GetBytes(head, output);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), headerLength);
        output.Advance(sizeof(int));
        output.Write(token);
        if (isLast)
            Encoding.ASCII.GetBytes($"--{Boundary}--\r\n", output);
    }
}
