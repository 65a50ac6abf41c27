using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>Windows PowerShell exports in UTF-16 with a byte order mark; everything else is UTF-8.</summary>
public sealed class EncodingTests
{
    private const string File = "<Objs><S S=\"output\">日本_x000A_\U0001F600</S><I32>5</I32></Objs>";

    public static TheoryData<string> Wide => ["utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Wide))]
    public void An_export_in_UTF16_reads_as_the_same_in_UTF8(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var expected = ClixmlReader.ReadFile(Encoding.UTF8.GetBytes(File));

        Assert.Equal(expected, ClixmlReader.ReadFile(WithMark(encoding, File)));
        Assert.Equal(expected, ClixmlReader.ReadFile(WithMark(encoding, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n" + File)));
        Assert.Equal(
            expected, ClixmlReader.ReadFile(WithMark(encoding, "<?xml version='1.0' encoding='Unicode' standalone='yes' ?>" + File)));
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void Cut_at_any_byte_an_export_in_UTF16_is_refused(string name)
    {
        var whole = WithMark(Encoding.GetEncoding(name), File);

        for (var length = 1; length < whole.Length; length++)
            Assert.Throws<ClixmlException>(() => ClixmlReader.ReadFile(whole.AsMemory(0, length)));
    }

    [Fact]
    public void UTF16_needs_its_mark_and_no_halves_of_pairs()
    {
        Assert.Throws<ClixmlException>(() => ClixmlReader.Read(Encoding.Unicode.GetBytes("<S>a</S>")));
        Assert.Throws<ClixmlException>(() => ClixmlReader.Read((byte[])[0xFF, 0xFE, .. "<\0S\0>\0"u8, 0x3D, 0xD8, .. "<\0/\0S\0>\0"u8]));
        Assert.Throws<ClixmlException>(() => ClixmlReader.Read(WithMark(Encoding.Unicode, "<?xml version=\"1.0\" encoding=\"utf-8\"?><S/>")));
        Assert.Equal("\uFFFE", ClixmlReader.Read(WithMark(Encoding.Unicode, "<S>_xFFFE_</S>")));
        Assert.Throws<ClixmlException>(() => ClixmlReader.Read(WithMark(Encoding.Unicode, "<S>\uFFFE</S>")));
    }

    [Theory]
    [InlineData("<?xml?><S/>")]
    [InlineData("<?xml version=\"1.1\"?><S/>")]
    [InlineData("<?xml encoding=\"utf-8\" version=\"1.0\"?><S/>")]
    [InlineData("<?xml version=\"1.0\" standalone=\"maybe\"?><S/>")]
    [InlineData("<?xml version=\"1.0\" standalone=\"no\" encoding=\"utf-8\"?><S/>")]
    [InlineData("<?xml version=\"1.0\"encoding=\"utf-8\"?><S/>")]
    [InlineData(" <?xml version=\"1.0\"?><S/>")]
    [InlineData("<S/><?XML version=\"1.0\"?>")]
    [InlineData("<?xml version=\"1.0\"")]
    [InlineData("<?xml version=\"1.0")]
    [InlineData("<?xml version")]
    public void A_damaged_declaration_is_refused(string clixml) => Assert.Equal(
        ClixmlFault.Malformed, Assert.Throws<ClixmlException>(() => ClixmlReader.Read(Encoding.UTF8.GetBytes(clixml))).Reason);

    [Fact]
    public void A_refusal_counts_lines_and_characters_and_bytes()
    {
        var refusal = Assert.Throws<ClixmlException>(() => ClixmlReader.Read(Encoding.UTF8.GetBytes("\uFEFF<Obj>\n<S>日</S><Foo>&bar;</Foo></Obj>")));

        Assert.Equal((2, 15, 22), (refusal.Line, refusal.Column, refusal.Offset));
    }

    private static byte[] WithMark(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
}
