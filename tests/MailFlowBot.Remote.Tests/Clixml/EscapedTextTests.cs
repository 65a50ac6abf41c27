using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

public sealed class EscapedTextTests
{
    [Fact]
    public void Every_recorded_escape_is_written_and_read()
    {
        var cases = JsonDocument.Parse(File.ReadAllBytes(EngineVectors.PathOf("string-escape.json"))).RootElement.EnumerateArray().ToList();

        Assert.Equal(11, cases.Count);
        foreach (var one in cases)
        {
            var text = new string([.. one.GetProperty("utf16").EnumerateArray().Select(unit => (char)unit.GetInt32())]);
            var encoded = one.GetProperty("encoded").GetString()!;
            Assert.Equal(encoded, TextOf(ClixmlWriter.Write(text)));
            Assert.Equal(text, EscapedText.Decode(encoded));
        }
    }

    [Theory]
    [InlineData("_x0041_", "A")]
    [InlineData("_X0041_", "A")]
    [InlineData("_x00e9_", "é")]
    [InlineData("_x0000005F_", "_")]
    [InlineData("_x0001F600_", "\uD83D\uDE00")]
    [InlineData("_x0010FFFF_", "\uDBFF\uDFFF")]
    [InlineData("_x005F_x0041_", "_x0041_")]
    [InlineData("a_x000A__x000D_b", "a\n\rb")]
    [InlineData("__x0041__", "_A_")]
    public void Reads_an_escape(string text, string expected) => Assert.Equal(expected, EscapedText.Decode(text));

    [Theory]
    [InlineData("_")]
    [InlineData("_x")]
    [InlineData("_x00")]
    [InlineData("_x0041")]
    [InlineData("_x041_")]
    [InlineData("_x004G_")]
    [InlineData("_x00410_")]
    [InlineData("_x00110000_")]
    [InlineData("_xFFFFFFFF_")]
    [InlineData("x0041_")]
    [InlineData("_ x0041_")]
    public void Leaves_alone_what_is_no_escape(string text) => Assert.Equal(text, EscapedText.Decode(text));

    // Except eight digits beyond the last code point, which .NET half decodes: a stray unit comes out, or the next escape is
    // lost.
    [Fact]
    public void Decodes_as_dotnet_does_which_is_what_PowerShell_calls() => Prop.ForAll(
        ClixmlGenerators.EscapeLikeText.Where(text => !Regex.IsMatch(text, "_[xX](?!000|0010)[0-9a-fA-F]{8}_")).ToArbitrary(),
        text => EscapedText.Decode(text) == XmlConvert.DecodeName(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Every_unit_survives_as_text_and_as_a_name()
    {
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            var text = new string([(char)unit, '_', 'x', (char)unit]);
            var written = ClixmlWriter.Write(new PsObject { Extended = { { text, text } } });
            var property = Assert.Single(Assert.IsType<PsObject>(ClixmlReader.Read(written)).Extended);
            Assert.True(property.Key == text && text.Equals(property.Value), $"U+{unit:X4} was lost");
        }
    }

    [Fact]
    public void What_is_written_is_legal_XML_even_for_a_strict_reader()
    {
        var every = new string([.. Enumerable.Range(0, 0x10000).Select(unit => (char)unit)]);

        var document = new XmlDocument();
        document.LoadXml(Encoding.UTF8.GetString(ClixmlWriter.Write(every)));

        Assert.Equal(every, XmlConvert.DecodeName(document.DocumentElement!.InnerText));
    }

    private static string TextOf(byte[] written)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(Encoding.UTF8.GetString(written));
        return document.DocumentElement!.InnerText;
    }
}
