using System.Buffers;
using System.Text;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Transport;

public sealed class EncryptedMultipartTests
{
    private static readonly byte[] Token = [.. Enumerable.Range(0, 16 + 40).Select(i => (byte)(i == 0 ? 1 : i * 7))];

    [Fact]
    public void Reads_what_it_writes_at_every_split()
    {
        var body = Body(EncryptionProtocol.Spnego, parts: 2);
        for (var split = 0; split <= body.Length; split++)
        {
            var reader = new EncryptedMultipartReader(EncryptionProtocol.Spnego);
            var parts = new List<byte[]>();
            reader.Append(body.AsSpan(0, split));
            Drain(reader, parts);
            reader.Append(body.AsSpan(split));
            Drain(reader, parts);

            reader.EnsureComplete();
            Assert.Equal([Token, Token], parts);
        }
    }

    [Fact]
    public void Reads_one_byte_at_a_time()
    {
        var reader = new EncryptedMultipartReader(EncryptionProtocol.Kerberos);
        var parts = new List<byte[]>();
        foreach (var single in Body(EncryptionProtocol.Kerberos, parts: 3))
        {
            reader.Append([single]);
            Drain(reader, parts);
        }

        reader.EnsureComplete();
        Assert.Equal(3, parts.Count);
    }

    [Theory]
    [InlineData("-- Encrypted Boundary", "a space, as Exchange writes")]
    [InlineData("--Encrypted Boundary", "no space")]
    public void Tolerates_the_space_in_the_boundary(string boundary, string _)
    {
        var body = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Body(EncryptionProtocol.Kerberos, parts: 2)).Replace("--Encrypted Boundary", boundary, StringComparison.Ordinal));

        Assert.Equal(2, ReadAll(body).Count);
    }

    [Fact]
    public void Goes_by_length_when_the_cipher_text_looks_like_a_boundary()
    {
        var tricky = Token.ToArray();
        Encoding.ASCII.GetBytes("--Encrypted Boundary--\r\n").CopyTo(tricky, 20);
        var output = new ArrayBufferWriter<byte>();
        EncryptedMultipart.WritePart(output, EncryptionProtocol.Kerberos, tricky, 16, 40);

        Assert.Equal(tricky, Assert.Single(ReadAll(output.WrittenSpan.ToArray())));
    }

    [Fact]
    public void Tolerates_a_line_break_before_the_boundary_and_none_after_the_last()
    {
        var text = Encoding.Latin1.GetString(Body(EncryptionProtocol.Kerberos, parts: 1));
        var body = text.Replace("--Encrypted Boundary--\r\n", "\r\n--Encrypted Boundary--", StringComparison.Ordinal);

        Assert.Single(ReadAll(Encoding.Latin1.GetBytes(body)));
    }

    [Fact]
    public void Every_shortened_body_is_incomplete_and_never_read_as_whole()
    {
        var body = Body(EncryptionProtocol.Kerberos, parts: 1);
        for (var length = 0; length < body.Length - 2; length++)
            Assert.Throws<EncryptedMessageException>(() => ReadAll(body[..length]));
    }

    [Theory]
    [InlineData("Length=40", "Length=1073741824")]
    [InlineData("Length=40", "Length=-4")]
    [InlineData("Length=40", "Length=99999999999999")]
    [InlineData("Length=40", "Length=")]
    [InlineData("Length=40", "Length=41")]
    [InlineData("Length=40", "Length=39")]
    [InlineData("Kerberos-session", "SPNEGO-session")]
    [InlineData("\tContent-Type: application/HTTP-Kerberos-session-encrypted\r\n", "")]
    [InlineData("\tOriginalContent", "\tOriginal")]
    [InlineData("octet-stream", "soap+xml")]
    [InlineData("--Encrypted Boundary--", "--Encrypted Bound--")]
    [InlineData("--Encrypted Boundary\r\n", "<html>\r\n")]
    [InlineData("octet-stream\r\n\u0010\0\0\0", "octet-stream\r\n\0\0\0\0")]
    [InlineData("octet-stream\r\n\u0010\0\0\0", "octet-stream\r\n\u0010\0\0\u00ff")]
    public void Refuses_damage(string good, string bad)
    {
        var body = Encoding.Latin1.GetString(Body(EncryptionProtocol.Kerberos, parts: 1));
        Assert.Contains(good, body, StringComparison.Ordinal);

        Assert.Throws<EncryptedMessageException>(() => ReadAll(Encoding.Latin1.GetBytes(body.Replace(good, bad, StringComparison.Ordinal))));
    }

    [Fact]
    public void Refuses_a_line_that_never_ends()
    {
        var reader = new EncryptedMultipartReader(EncryptionProtocol.Kerberos);
        reader.Append(new byte[5000]);

        Assert.Throws<EncryptedMessageException>(() => reader.TryRead(out _));
    }

    [Theory]
    [InlineData("multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"Encrypted Boundary\"", true)]
    [InlineData("Multipart/X-Multi-Encrypted; boundary=x", true)]
    [InlineData("application/soap+xml;charset=UTF-8", false)]
    [InlineData("multipart/encryptedish", false)]
    [InlineData(null, false)]
    public void Knows_an_encrypted_body_by_its_type(string? contentType, bool encrypted) =>
        Assert.Equal(encrypted, EncryptedMultipart.Is(contentType));

    private static byte[] Body(EncryptionProtocol protocol, int parts)
    {
        var output = new ArrayBufferWriter<byte>();
        for (var part = 1; part <= parts; part++)
            EncryptedMultipart.WritePart(output, protocol, Token, headerLength: 16, plainLength: 40, isLast: part == parts);
        return output.WrittenSpan.ToArray();
    }

    private static List<byte[]> ReadAll(byte[] body)
    {
        var reader = new EncryptedMultipartReader(EncryptionProtocol.Kerberos);
        var parts = new List<byte[]>();
        reader.Append(body);
        Drain(reader, parts);
        reader.EnsureComplete();
        return parts;
    }

    private static void Drain(EncryptedMultipartReader reader, List<byte[]> parts)
    {
        while (reader.TryRead(out var part))
            parts.Add(part.Token.ToArray());
    }
}
