using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Whatever the bytes: a typed answer, or the one exception. Anything else, and any hang, fails.</summary>
public sealed class HostileEnvelopesTests
{
    private static readonly Lazy<IReadOnlyList<byte[]>> Real = new(() =>
    [
        .. Exchanges.Recorded("stop-crtl_c").Concat(Exchanges.Recorded("host-process-crash"))
            .SelectMany(exchange => (string[])[exchange.Request, exchange.Response]).Select(Encoding.UTF8.GetBytes),
    ]);

    [Fact]
    public void Any_bytes_are_refused_or_read() => Prop.ForAll<byte[]>(Feed).QuickCheckThrowOnFailure();

    [Fact]
    public void Damaged_real_envelopes_are_refused_or_read() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            Gen.Choose(0, 255).ToArbitrary(),
            (pick, at, value) =>
            {
                var envelope = Real.Value[pick % Real.Value.Count].ToArray();
                envelope[at % envelope.Length] = (byte)value;
                Feed(envelope);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Truncated_real_envelopes_are_refused()
    {
        foreach (var envelope in Real.Value.Take(6))
        {
            for (var length = 0; length < envelope.Length; length += 7)
            {
                Assert.Throws<WsmanException>(() => ResponseReader.Read(envelope.AsMemory(0, length)));
                Assert.Throws<WsmanException>(() => RequestReader.Read(envelope.AsMemory(0, length)));
            }
        }
    }

    [Theory]
    [InlineData("<html><body>502 Bad Gateway</body></html>", (int)EnvelopeFault.NotAnEnvelope)]
    [InlineData("plain text", (int)EnvelopeFault.Malformed)]
    [InlineData("", (int)EnvelopeFault.Malformed)]
    [InlineData("<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body/></Envelope>", (int)EnvelopeFault.NotAnEnvelope)]
    [InlineData("<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Header/></Envelope>", (int)EnvelopeFault.NotAnEnvelope)]
    [InlineData("<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Header/><Body/></Envelope>", (int)EnvelopeFault.BadElement)]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Body>&b;</Body></Envelope>", (int)EnvelopeFault.Malformed)]
    public void What_is_no_envelope_is_named(string text, int fault)
    {
        Assert.Equal((EnvelopeFault)fault, Assert.Throws<WsmanException>(() => ResponseReader.Read(Encoding.UTF8.GetBytes(text))).Fault);
        Assert.Equal((EnvelopeFault)fault, Assert.Throws<WsmanException>(() => RequestReader.Read(Encoding.UTF8.GetBytes(text))).Fault);
    }

    [Theory]
    [InlineData("Body")]
    [InlineData("Header")]
    public void Deep_nesting_is_refused(string where)
    {
        var text = $"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:{where}>" + string.Concat(Enumerable.Repeat("<a>", 100_000));

        var refused = Assert.Throws<WsmanException>(() => ResponseReader.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Contains("deep", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_envelope_over_the_cap_is_refused_unread() =>
        Assert.Equal(EnvelopeFault.TooLarge, Assert.Throws<WsmanException>(() => ResponseReader.Read(new byte[EnvelopeLimits.MaxBytes + 1])).Fault);

    [Fact]
    public void Text_that_is_no_base64_is_refused()
    {
        var server = Encoding.UTF8.GetString(ResponseWriter.Write(new WsmanResponse.Received(
            new MessageId("uuid:1"), null, [new StreamBlock("stdout", null, new byte[3])], null)).Span);

        foreach (var wrong in (string[])["****", "AAA", "<x/>", "AA=A", "AA==AAAA", "AAAA<x/>AAAA", "A"])
        {
            var bytes = Encoding.UTF8.GetBytes(server.Replace("AAAA", wrong, StringComparison.Ordinal));
            Assert.Equal(EnvelopeFault.BadBase64, Assert.Throws<WsmanException>(() => ResponseReader.Read(bytes)).Fault);
        }
    }

    [Fact]
    public void Base64_is_read_whatever_its_length_and_white_space() =>
        Prop.ForAll<byte[], PositiveInt>((content, width) =>
        {
            var large = Enumerable.Repeat(content, 1 + (content.Length == 0 ? 0 : 20_000 / content.Length)).SelectMany(bytes => bytes).ToArray();
            var text = Encoding.UTF8.GetString(ResponseWriter.Write(new WsmanResponse.Received(
                new MessageId("uuid:1"), null, [new StreamBlock("stdout", null, large)], null)).Span);
            var base64 = Convert.ToBase64String(large);
            if (base64.Length > 0)
                text = text.Replace(base64, string.Join("\r\n \t", base64.Chunk(width.Get).Select(line => new string(line))), StringComparison.Ordinal);

            var read = (WsmanResponse.Received)ResponseReader.Read(Encoding.UTF8.GetBytes(text));
            return read.Blocks[0].Content.Span.SequenceEqual(large);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_fault_with_characters_that_XML_forbids_is_still_read()
    {
        var fault = new WsmanFault((WsmanFaultCode)77, "Odd", "bell \a and \uFFFE");

        var read = Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(ResponseWriter.Write(new WsmanResponse.Faulted(new MessageId("uuid:1"), null, fault))));

        Assert.Equal(fault, read.Fault);
    }

    [Theory]
    [InlineData("-2144108503", 2150858793u)]
    [InlineData("0x80338029", 2150858793u)]
    [InlineData("none", 0u)]
    public void The_number_of_a_fault_is_read_in_every_spelling(string code, uint expected)
    {
        var text = Encoding.UTF8.GetString(ResponseWriter.Write(new WsmanResponse.Faulted(
            new MessageId("uuid:1"), null, new WsmanFault(WsmanFaultCode.Cancelled, null, "t"))).Span).Replace("\"1223\"", $"\"{code}\"", StringComparison.Ordinal);

        Assert.Equal(expected, Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(Encoding.UTF8.GetBytes(text))).Fault.RawCode);
    }

    private static void Feed(byte[] bytes)
    {
        foreach (var read in (Action[])[() => ResponseReader.Read(bytes), () => RequestReader.Read(bytes), () => new ServerAtRest(new ShellServerOptions()).Receive(bytes)])
        {
            try
            {
                read();
            }
            catch (WsmanException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }
}
