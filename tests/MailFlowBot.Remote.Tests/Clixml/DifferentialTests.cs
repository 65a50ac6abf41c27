using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Tests.Clixml.Reference;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>
/// The lexer of our own against XmlReader: whatever the bytes, the same value or two refusals. The differences that are meant are
/// the last tests here.
/// </summary>
public sealed class DifferentialTests
{
    private static readonly byte[][] Documents =
    [
        .. EngineVectors.All.Values
            .Where(vector => vector.Clixml is { Length: < 1500 })
            .Select(vector => Encoding.UTF8.GetBytes(vector.Clixml!)),
    ];

    // All that XML gives a meaning, whole and in parts, and characters at the borders of its classes.
    private static readonly string[] Pieces =
    [
        "<", ">", "/>", "</", "&", ";", "&#", "&#x", "&lt;", "&#xD800;", "&#0;", "&#xFFFE;", "&#x41;", "&#65;", "&#x 41;", "&#+5;", "&amp",
        "&quot;", "&apos;", "&foo;", "&#160;", "&#10;", "&#13;", "&#x10FFFF;", "&#x110000;", "&#4294967361;",
        "<![CDATA[", "]]>", "<!--", "-->", "--", "<?", "?>", "<?a?>", "<?a b?>", "<?xml ?>", "<!DOCTYPE a>", "<!", "<![",
        "<?xml version=\"1.0\"?>", " xmlns=\"\"", " N='a'", " N=\"b\"", " RefId=\"3\"", " RefId='+1 '", " S=\"&lt;\"", " N=\"\t\r\n&#10;\"",
        "\"", "'", "=", " ", "\r", "\n", "\r\n", "\t", "\0", "\u0001", "\u001F", "\u007F", "\u0085", "\u00A0", "\u2028", "\u3000",
        "\uFEFF", "\uFFFE", "\uFFFF", "\uFFFD", "é", "日", "\U0001F600", "\u0300", "·", "]", "]]",
        "_x0041_", "_X0041_", "_", "&#95;", "x0041_", "a", "N", "1", "-", "+", ".", "e",
        "<S N=\"q\">", "</S>", "<S N=\"w\">_x000A_</S>", "<Nil/>", "<Ref RefId=\"0\"/>", "<TN RefId=\"0\">", "</TN>", "<T>q</T>",
        "<TNRef RefId=\"0\"/>", "<MS>", "</MS>", "<I32 N=\"c\">1</I32>", "<LST>", "</LST>", "<foo>", "</foo>", "<日>", "</日>",
        "<Obj RefId=\"0\">", "</Obj>", "<B N='z'> true </B>", "<BA N=\"SerializationData\">", "</BA>", "<BA N=\"y\">AA==</BA>",
    ];

    [Fact]
    public void A_heap_of_pieces_means_the_same() => Prop.ForAll(
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Bytes($"<Obj><MS>{string.Concat(pieces)}</MS></Obj>")).ToArbitrary(),
        Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Bytes_without_any_frame_mean_the_same() => Prop.ForAll(
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Bytes(string.Concat(pieces))).ToArbitrary(),
        Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_real_document_with_pieces_put_in_means_the_same()
    {
        var damaged =
            from document in Gen.Elements(Documents)
            from at in Gen.Choose(0, document.Length)
            from piece in Gen.Elements(Pieces)
            from removed in Gen.Choose(0, 2)
            select (byte[])[.. document[..at], .. Bytes(piece), .. document[Math.Min(document.Length, at + removed)..]];
        Prop.ForAll(damaged.ToArbitrary(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    [Fact]
    public void Every_byte_of_a_document_replaced_by_one_that_matters_means_the_same()
    {
        var units = "\0\u0001\t\n\r !\"#%&'()+,-./:;<=>?@AX[\\]^_`x{|}~\u007F"u8.ToArray().Append((byte)0x80).Append((byte)0xC3).Append((byte)0xFF);
        var document = Bytes(
            "\uFEFF<?xml version='1.0'?><Obj RefId=\"0\"><TN RefId='0'><T>A</T></TN><MS><S N=\"a_x0041_\">b&lt;]]_x000A_</S>"
            + "<I32 N='c' >-1</I32 ><!-- d --><DT N=\"e\">2026-01-02T03:04:05.6Z</DT><Nil N=\"f\" /></MS><U>日</U></Obj>");
        for (var at = 0; at < document.Length; at++)
        {
            var kept = document[at];
            foreach (var unit in units)
            {
                document[at] = unit;
                Agrees(document);
            }

            document[at] = kept;
        }
    }

    [Fact]
    public void Every_beginning_of_a_document_means_the_same()
    {
        foreach (var document in Documents.Where(document => document.Length < 500))
        {
            for (var length = 0; length <= document.Length; length++)
                Agrees(document[..length]);
        }
    }

    [Fact]
    public void A_value_of_any_kind_means_the_same() => Prop.ForAll(
        ClixmlGenerators.Value.ToArbitrary(), value => Agrees(ClixmlWriter.Write(value))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [SkippableFact]
    public void Every_capture_means_the_same()
    {
        var files = Directory.GetFiles(References.Path("data/psrp/captures/clixml-exchange"), "*.xml")
            .Concat(Directory.GetFiles(References.Path("data/exchange/clixml"), "*.xml"))
            .Select(File.ReadAllBytes)
            .ToList();
        var bodies = Directory.GetFiles(References.Path("data/psrp/captures/wsman"), "*.json")
            .SelectMany(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("psrp_messages").EnumerateArray())
            .Select(message => Bytes(message.GetProperty("clixml").GetString()!))
            .ToList();

        Assert.All(files, file => Agrees(file));
        Assert.All(bodies, body => Agrees(body));
        Assert.True(files.Count >= 42 && bodies.Count >= 490, $"{files.Count} files, {bodies.Count} bodies");
    }

    /// <summary>PowerShell writes no prefixes; whoever sends them means something else than CLIXML.</summary>
    [Theory]
    [InlineData("<Obj xmlns:p=\"a\"><p:I32>1</p:I32></Obj>")]
    [InlineData("<S xml:space=\"preserve\">a</S>")]
    [InlineData("<Obj><?a:b?></Obj>", false)]
    public void Names_with_prefixes_are_refused(string clixml, bool takenByXmlReader = true)
    {
        if (takenByXmlReader)
            Assert.NotNull(ReferenceReader.Read(Bytes(clixml)));
        Assert.Equal(ClixmlFault.Malformed, Assert.Throws<ClixmlException>(() => ClixmlReader.Read(Bytes(clixml))).Reason);
    }

    /// <summary>Each attribute is compared with those before it, so that their number must have a bound.</summary>
    [Fact]
    public void An_element_with_more_than_32_attributes_is_refused()
    {
        var attributes = string.Concat(Enumerable.Range(0, 33).Select(number => $" a{number}=\"\""));

        Assert.Equal("b", ReferenceReader.Read(Bytes($"<S{attributes}>b</S>")));
        Assert.Equal("b", ClixmlReader.Read(Bytes($"<S{attributes[..^7]}>b</S>")));
        Assert.Throws<ClixmlException>(() => ClixmlReader.Read(Bytes($"<S{attributes}>b</S>")));
    }

    [Fact]
    public void Declared_encodings_other_than_the_actual_one_are_refused()
    {
        const string Latin = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><S>a</S>";

        Assert.Equal("a", ReferenceReader.Read(Bytes(Latin)));
        Assert.Throws<ClixmlException>(() => ClixmlReader.Read(Bytes(Latin)));
    }

    private static bool Agrees(byte[] bytes)
    {
        Agreement.Check(bytes);
        return true;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
