using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

public sealed class HostileClixmlTests
{
    [Fact]
    public void Nesting_beyond_fifty_is_refused_however_deep_it_goes()
    {
        Assert.NotNull(Read(Nested(50)));
        Assert.Equal(ClixmlFault.TooDeep, Refusal(Nested(51)));
        Assert.Equal(ClixmlFault.TooDeep, Refusal(Nested(10_000)));
        Assert.Equal(ClixmlFault.TooDeep, Refusal(Repeat("<Obj><LST>", 10_000)));
        Assert.Equal(ClixmlFault.TooDeep, Refusal(Repeat("<Obj N=\"Value\"><DCT><En><S N=\"Key\"/>", 10_000)));
    }

    [Fact]
    public void Nesting_of_unknown_elements_is_skipped_only_as_deep_as_objects_could_go()
    {
        Assert.IsType<PsObject>(Read($"<Obj>{Repeat("<a>", 200)}{Repeat("</a>", 200)}</Obj>"));
        Assert.Equal(ClixmlFault.TooDeep, Refusal($"<Obj>{Repeat("<a>", 300)}{Repeat("</a>", 300)}</Obj>"));
        Assert.Equal(ClixmlFault.TooDeep, Refusal($"<Obj>{Repeat("<a>", 1_000_000)}"));
    }

    [Fact]
    public void Dictionaries_in_dictionaries_go_as_deep_as_objects_may()
    {
        object? value = "deepest";
        for (var level = 0; level < 50; level++)
            value = new PsObject { BaseValue = new PsDictionary { ["k"] = value } };

        SameValue.Check(value, ClixmlReader.Read(ClixmlWriter.Write(value)));
    }

    [Fact]
    public void Documents_with_a_DTD_are_refused_before_any_entity_grows()
    {
        const string Bomb = "<!DOCTYPE S [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><S>&b;</S>";

        Assert.Equal(ClixmlFault.Malformed, Refusal(Bomb));
        Assert.Equal(ClixmlFault.Malformed, Refusal("<!DOCTYPE S SYSTEM \"file:///etc/hostname\"><S/>"));
        Assert.Equal(ClixmlFault.Malformed, Refusal("<S>&unknown;</S>"));
    }

    [Fact]
    public void A_list_of_a_million_is_refused()
    {
        Assert.Equal(ClixmlFault.TooManyElements, Refusal($"<Obj><LST>{Repeat("<Nil/>", 1_000_000)}</LST></Obj>"));
        Assert.Equal(ClixmlFault.TooManyElements, Refusal($"<Obj><MS>{Repeat("<Nil N=\"\"/>", 600_000)}</MS></Obj>"));
    }

    [Fact]
    public void The_limits_count_exactly()
    {
        var limits = new ClixmlLimits { MaxBytes = 40, MaxDepth = 1, MaxElements = 3 };

        Assert.NotNull(Read("<Obj><LST><Nil/><Nil/></LST></Obj>", limits));
        Assert.Equal(ClixmlFault.TooManyElements, Refusal("<Obj><LST><Nil/><Nil/><B/></LST></Obj>", limits));
        Assert.Equal(ClixmlFault.TooDeep, Refusal("<Obj><Obj/></Obj>", limits));
        Assert.Equal(new string('a', 33), Read($"<S>{new string('a', 33)}</S>", limits));
        Assert.Equal(ClixmlFault.TooLarge, Refusal($"<S>{new string('a', 34)}</S>", limits));
    }

    [Fact]
    public void Limits_that_make_no_sense_cannot_be_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClixmlLimits { MaxDepth = 501 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClixmlLimits { MaxBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClixmlLimits { MaxElements = -1 });
    }

    [Theory]
    [InlineData("prim-guid")]
    [InlineData("str-plane2")]
    [InlineData("obj-circular")]
    [InlineData("coll-hash_nested")]
    [InlineData("exch-compstate")]
    [InlineData("rec-progress_done")]
    public void Cut_at_any_byte_a_document_is_refused(string name)
    {
        var whole = Encoding.UTF8.GetBytes(EngineVectors.All[name].Clixml!);

        for (var length = 1; length < whole.Length; length++)
        {
            var refusal = Record.Exception(() => ClixmlReader.Read(whole.AsMemory(0, length)));
            Assert.Equal(ClixmlFault.Malformed, Assert.IsType<ClixmlException>(refusal).Reason);
        }
    }

    [Fact]
    public void Cut_at_any_byte_a_message_body_is_refused()
    {
        foreach (var name in new[] { "rec-errorrecord_thrown", "exch-queue", "coll-dict_g" })
        {
            var whole = Encoding.UTF8.GetBytes(EngineVectors.Remoting[name][0].Body);
            for (var length = 1; length < whole.Length; length++)
                Assert.IsType<ClixmlException>(Record.Exception(() => ClixmlReader.Read(whole.AsMemory(0, length))));
        }
    }

    [Theory]
    [InlineData("<BA>AAE</BA>")]
    [InlineData("<BA>A*==</BA>")]
    [InlineData("<I32></I32>")]
    [InlineData("<I32>2147483648</I32>")]
    [InlineData("<I32>1.0</I32>")]
    [InlineData("<By>-1</By>")]
    [InlineData("<C>65536</C>")]
    [InlineData("<C>A</C>")]
    [InlineData("<B>maybe</B>")]
    [InlineData("<Db>1,5</Db>")]
    [InlineData("<D>79228162514264337593543950336</D>")]
    [InlineData("<D>1E999999999</D>")]
    [InlineData("<DT>2026-13-01T00:00:00</DT>")]
    [InlineData("<DT>01/02/2026 03:04:05</DT>")]
    [InlineData("<DT>2026-01-02T03:04:05.</DT>")]
    [InlineData("<DT>2026-01-02T03:04:05+15:00</DT>")]
    [InlineData("<DT>2026-01-02</DT>")]
    [InlineData("<TS>invalid</TS>")]
    [InlineData("<TS>P99999999999D</TS>")]
    [InlineData("<G>0f8fad5b</G>")]
    [InlineData("<Version>1</Version>")]
    [InlineData("<URI>http://[</URI>")]
    [InlineData("<PR><AI>x</AI></PR>")]
    [InlineData("<Obj RefId=\"x\"/>")]
    [InlineData("<Obj RefId=\"-1\"/>")]
    [InlineData("<Obj RefId=\"99999999999\"/>")]
    [InlineData("<Obj><DCT><En><Nil N=\"Key\"/><S N=\"Value\"/></En></DCT></Obj>")]
    [InlineData("<Obj><DCT><En><S N=\"Key\"/></En></DCT></Obj>")]
    public void A_text_that_is_no_value_of_its_type_is_refused(string clixml) => Assert.Equal(ClixmlFault.BadValue, Refusal(clixml));

    [Theory]
    [InlineData("<Foo/>")]
    [InlineData("<MS/>")]
    [InlineData("<En/>")]
    [InlineData("<S><B>true</B></S>")]
    [InlineData("<Obj><LST><Foo/></LST></Obj>")]
    [InlineData("<Obj><LST><LST/></LST></Obj>")]
    [InlineData("<Obj><DCT><S/></DCT></Obj>")]
    [InlineData("<Obj><DCT><En><S N=\"Key\"/><S N=\"NotValue\"/></En></DCT></Obj>")]
    [InlineData("<Obj><DCT><En><S N=\"Key\"/><S N=\"Key\"/><S N=\"Value\"/></En></DCT></Obj>")]
    [InlineData("<Obj><MS><S>no name</S></MS></Obj>")]
    [InlineData("<Obj><TN RefId=\"0\"><S/></TN></Obj>")]
    public void An_element_without_a_meaning_in_its_place_is_refused(string clixml) =>
        Assert.Equal(ClixmlFault.UnexpectedElement, Refusal(clixml));

    [Theory]
    [InlineData("<Ref RefId=\"0\"/>")]
    [InlineData("<Ref/>")]
    [InlineData("<Obj RefId=\"0\"><TNRef RefId=\"0\"/></Obj>")]
    [InlineData("<Obj><TNRef/></Obj>")]
    [InlineData("<Obj RefId=\"0\"><MS><Ref N=\"Later\" RefId=\"1\"/><Obj N=\"x\" RefId=\"1\"/></MS></Obj>")]
    [InlineData("<Obj RefId=\"0\"><TN RefId=\"5\"/><MS><Ref N=\"x\" RefId=\"5\"/></MS></Obj>")]
    public void A_reference_to_nothing_is_refused(string clixml) => Assert.Equal(ClixmlFault.DanglingReference, Refusal(clixml));

    [Theory]
    [InlineData("<S>a</S><S>b</S>")]
    [InlineData("<Nil/><Nil/>")]
    [InlineData("<Objs><S>a</S><S>b</S></Objs>")]
    [InlineData("<Objs/><S>b</S>")]
    public void A_body_with_several_values_is_refused(string clixml) => Assert.Equal(ClixmlFault.SeveralValues, Refusal(clixml));

    [Theory]
    [InlineData("text")]
    [InlineData("<S>")]
    [InlineData("<S></B>")]
    [InlineData("<S/>text")]
    [InlineData("<Obj>text</Obj>")]
    [InlineData("<Obj><LST>text</LST></Obj>")]
    [InlineData("<S a=\"1\" a=\"2\"/>")]
    [InlineData("<p:S/>")]
    [InlineData("<S>&#x110000;</S>")]
    [InlineData("<S>&#99999999999;</S>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><S/>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-7\"?><S/>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such\"?><S/>")]
    public void What_is_not_well_formed_is_refused(string clixml) => Assert.Equal(ClixmlFault.Malformed, Refusal(clixml));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        byte[] invalid = [.. "<S>"u8, 0xC3, 0x28, .. "</S>"u8];
        Assert.Equal(ClixmlFault.Malformed, Assert.Throws<ClixmlException>(() => ClixmlReader.Read(invalid)).Reason);

        // A surrogate in three bytes, which UTF-8 forbids.
        byte[] surrogate = [.. "<S>"u8, 0xED, 0xA0, 0xBD, .. "</S>"u8];
        Assert.Equal(ClixmlFault.Malformed, Assert.Throws<ClixmlException>(() => ClixmlReader.Read(surrogate)).Reason);

        Assert.Equal(ClixmlFault.Malformed, Assert.Throws<ClixmlException>(() => ClixmlReader.Read(new byte[] { 0xEF, 0xBB })).Reason);
    }

    [Fact]
    public void A_refusal_names_the_place_but_not_the_text_that_stood_there()
    {
        var refusal = Assert.Throws<ClixmlException>(() => Read("<Obj>\n <MS><I32 N=\"Password\">secret</I32></MS></Obj>"));

        Assert.Equal(2, refusal.Line);
        Assert.InRange(refusal.Column, 1, 45);
        Assert.Contains("I32", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
        Assert.Null(refusal.InnerException);
    }

    private static string Nested(int depth) => Repeat("<Obj><MS>", depth).Replace("<Obj>", "<Obj N=\"a\">", StringComparison.Ordinal)
        + Repeat("</MS></Obj>", depth);

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static object? Read(string clixml, ClixmlLimits? limits = null) => ClixmlReader.Read(Encoding.UTF8.GetBytes(clixml), limits);

    private static ClixmlFault Refusal(string clixml, ClixmlLimits? limits = null) =>
        Assert.Throws<ClixmlException>(() => Read(clixml, limits)).Reason;
}
