using System.Diagnostics;
using System.Text;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Answers that are made to hurt end in a typed refusal, early and cheaply.</summary>
public sealed class HostileAnswersTests
{
    private readonly ShellClient _client = new(new ShellOptions("http://ex01.contoso.example/PowerShell/"), Guid.NewGuid);

    [Fact]
    public void Nesting_of_ten_thousand_is_refused_while_it_comes_in() =>
        Refused(EnvelopeFault.Malformed, Begin + string.Concat(Enumerable.Repeat("<a>", 10_000)));

    [Fact]
    public void An_entity_bomb_is_refused_at_its_first_declaration() => Refused(
        EnvelopeFault.Malformed,
        "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>&b;");

    [Fact]
    public void An_answer_that_never_ends_is_refused_at_the_cap()
    {
        var pending = _client.Receive(null);
        using var scan = _client.Scan(pending);
        scan.Feed(Encoding.UTF8.GetBytes(Begin + "<rsp:ReceiveResponse xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\"><rsp:Stream Name=\"stdout\">"));
        var piece = Encoding.UTF8.GetBytes(new string('A', 64 * 1024));
        var fed = 0;

        var refused = Assert.Throws<WsmanException>(() =>
        {
            for (; fed <= 2 * EnvelopeLimits.MaxBytes; fed += piece.Length)
                scan.Feed(piece);
        });

        Assert.Equal(EnvelopeFault.TooLarge, refused.Fault);
        Assert.InRange(fed, EnvelopeLimits.MaxBytes - (2 * piece.Length), EnvelopeLimits.MaxBytes);
    }

    [Fact]
    public void A_huge_attribute_is_refused_before_its_end() =>
        Refused(EnvelopeFault.TooLarge, Begin + "<a b=\"" + new string('x', 1_000_000));

    [Fact]
    public void A_huge_name_a_huge_text_and_a_huge_comment_are_no_trouble()
    {
        Refused(EnvelopeFault.TooLarge, Begin + "<" + new string('x', 5000) + ">");
        Refused(EnvelopeFault.TooLarge, Begin + "<a>" + new string('x', 1_000_000));
        Refused(EnvelopeFault.BadElement, Begin + "<!--" + new string('x', 1_000_000) + "--></s:Body></s:Envelope>");
    }

    [Fact]
    public void Too_many_attributes_declarations_and_elements_are_refused()
    {
        Refused(EnvelopeFault.TooLarge, Begin + "<a " + string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"a{i}=\"\"")) + ">");
        Refused(EnvelopeFault.TooLarge, Begin + string.Concat(Enumerable.Range(0, 50).Select(
            depth => $"<a {string.Join(' ', Enumerable.Range(0, 50).Select(i => $"xmlns:p{depth}x{i}=\"urn:{i}\""))}>")));
        Refused(EnvelopeFault.TooLarge, Begin + string.Concat(Enumerable.Repeat("<a/>", 100_000)));
    }

    [Fact]
    public void Every_cap_is_met_in_a_moment()
    {
        var clock = Stopwatch.StartNew();
        var many = new StringBuilder(Begin);
        for (var depth = 0; depth < 5; depth++)
            many.Append("<a ").AppendJoin(' ', Enumerable.Range(0, 50).Select(i => $"xmlns:p{depth}x{i}=\"urn:{i}\"")).Append('>');
        many.Append(string.Concat(Enumerable.Repeat("<p0x0:a/>", 49_000)));

        Refused(EnvelopeFault.Malformed, many.ToString());

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    [Fact]
    public void A_truncated_answer_is_refused_at_every_byte()
    {
        var (pending, answer) = Answer("<rsp:Stream Name=\"stdout\">AAAA</rsp:Stream>");
        for (var length = 0; length < answer.Length; length++)
            Assert.Throws<WsmanException>(() => _client.Accept(pending, answer.AsMemory(0, length)));
        Assert.IsType<WsmanResponse.Received>(_client.Accept(pending, answer));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AAA")]
    [InlineData("AA=A")]
    [InlineData("AA==AAAA")]
    [InlineData("=AAA")]
    [InlineData("AAAA&amp;AAA")]
    [InlineData("AAAA-AAA")]
    [InlineData("日本語です")]
    [InlineData("AAAA<x/>")]
    public void Damaged_base64_is_refused_however_it_is_cut(string base64)
    {
        var (pending, answer) = Answer($"<rsp:Stream Name=\"stdout\">{base64}</rsp:Stream>");
        for (var cut = answer.Length - 200; cut < answer.Length; cut++)
        {
            using var scan = _client.Scan(pending);
            Assert.Equal(EnvelopeFault.BadBase64, Assert.Throws<WsmanException>(() =>
            {
                scan.Feed(answer.AsSpan(0, cut));
                scan.Feed(answer.AsSpan(cut));
                scan.Finish();
            }).Fault);
        }
    }

    [Theory]
    [InlineData("<rsp:Stream Name=\"stdout\" CommandId=\"11111111-1111-1111-1111-111111111111\">AAAA</rsp:Stream><rsp:Stream Name=\"stdout\">AAAA</rsp:Stream>")]
    [InlineData("<rsp:Stream Name=\"stdout\">AAAA</rsp:Stream><rsp:CommandState CommandId=\"11111111-1111-1111-1111-111111111111\" State=\"x\"/>")]
    public void Blocks_of_several_commands_in_one_answer_are_refused(string body)
    {
        var (pending, answer) = Answer(body);

        Assert.Equal(EnvelopeFault.Unexpected, Assert.Throws<WsmanException>(() => _client.Accept(pending, answer)).Fault);
    }

    [Theory]
    [InlineData("<rsp:Stream Name=\"stdout\" CommandId=\"no\">AAAA</rsp:Stream>")]
    [InlineData("<rsp:CommandState/>")]
    [InlineData("<rsp:CommandState State=\"x\"><rsp:ExitCode>99999999999</rsp:ExitCode></rsp:CommandState>")]
    public void Values_that_are_none_are_named(string body)
    {
        var (pending, answer) = Answer(body);

        Assert.Equal(EnvelopeFault.BadElement, Assert.Throws<WsmanException>(() => _client.Accept(pending, answer)).Fault);
    }

    [Fact]
    public void An_answer_to_another_request_is_refused()
    {
        var (_, answer) = Answer(string.Empty);

        Assert.Equal(EnvelopeFault.NotRelated, Assert.Throws<WsmanException>(() => _client.Accept(_client.Receive(null), answer)).Fault);
    }

    [Fact]
    public void Two_selectors_of_a_shell_are_refused_on_both_sides()
    {
        const string Two = "<w:SelectorSet><w:Selector Name=\"ShellId\">A</w:Selector><w:Selector Name=\"ShellId\">B</w:Selector></w:SelectorSet>";
        var request = Encoding.UTF8.GetString(ShellClient.Adopt(new ShellOptions("http://x/"), Guid.NewGuid, new ShellId("A"), null, Guid.Empty).Delete().Envelope.Span)
            .Replace("<w:SelectorSet><w:Selector Name=\"ShellId\">A</w:Selector></w:SelectorSet>", Two, StringComparison.Ordinal);
        var answer = Encoding.UTF8.GetString(ResponseWriter.Write(new WsmanResponse.Created(new MessageId("uuid:1"), null, new ShellDescription(new ShellId("A"), "r"))).Span)
            .Replace("<w:SelectorSet><w:Selector Name=\"ShellId\">A</w:Selector></w:SelectorSet>", Two, StringComparison.Ordinal);

        Assert.Contains(Two, request, StringComparison.Ordinal);
        Assert.Contains(Two, answer, StringComparison.Ordinal);
        Assert.Equal(EnvelopeFault.BadElement, Assert.Throws<WsmanException>(() => RequestReader.Read(Encoding.UTF8.GetBytes(request))).Fault);
        Assert.Equal(EnvelopeFault.BadElement, Assert.Throws<WsmanException>(() => ResponseReader.Read(Encoding.UTF8.GetBytes(answer))).Fault);
    }

    [Fact]
    public void A_web_page_is_told_from_an_envelope_by_its_first_element() =>
        Refused(EnvelopeFault.NotAnEnvelope, "\r\n<html lang=\"en\"><head><title>503 Service Unavailable</title></head>");

    private const string Begin = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body>";

    private (PendingRequest Pending, byte[] Answer) Answer(string body)
    {
        var pending = _client.Receive(null);
        return (pending, Encoding.UTF8.GetBytes($"""
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
            xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell"><s:Header>
            <a:Action>http://schemas.microsoft.com/wbem/wsman/1/windows/shell/ReceiveResponse</a:Action>
            <a:MessageID>uuid:1</a:MessageID><a:RelatesTo>{pending.Request.Header.MessageId}</a:RelatesTo></s:Header>
            <s:Body><rsp:ReceiveResponse>{body}</rsp:ReceiveResponse></s:Body></s:Envelope>
            """));
    }

    private void Refused(EnvelopeFault fault, string answer)
    {
        var bytes = Encoding.UTF8.GetBytes(answer);
        foreach (var step in (int[])[bytes.Length, 4096])
        {
            using var scan = _client.Scan(_client.Receive(null));
            Assert.Equal(fault, Assert.Throws<WsmanException>(() =>
            {
                foreach (var piece in bytes.Chunk(step))
                    scan.Feed(piece);
                scan.Finish();
            }).Fault);
        }
    }
}
