using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

public sealed class ClixmlReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("  \n")]
    [InlineData("<!-- nothing -->")]
    [InlineData("<Nil/>")]
    [InlineData("<Objs></Objs>")]
    [InlineData("<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"/>")]
    public void A_body_without_a_value_is_null(string clixml) => Assert.Null(Read(clixml));

    [Fact]
    public void A_byte_order_mark_a_declaration_and_comments_do_not_matter() =>
        Assert.Equal("ab", Read("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?> <!-- x --> <S>a<!-- y -->b</S> <!-- z -->"));

    [Fact]
    public void Entities_character_references_and_CDATA_make_one_text() =>
        Assert.Equal("a<\uFFFE>\u0001_x0041_\uD83D\uDE00 b", Read("<S>a&lt;&#xFFFE;&gt;&#1;_x005F_x0041_&#x1F600;<![CDATA[ b]]></S>"));

    [Fact]
    public void A_primitive_may_come_wrapped()
    {
        var wrapped = Assert.IsType<PsObject>(Read("<Obj><I32>5</I32></Obj>"));

        Assert.Empty(wrapped.TypeNames);
        Assert.Equal(5, wrapped.BaseValue);
        Assert.Equal(5, PsObject.Unwrap(wrapped));
        Assert.Equal("s", PsObject.Unwrap("s"));
        Assert.Null(PsObject.Unwrap(null));
    }

    [Fact]
    public void Unwrapping_ends_even_when_an_object_is_its_own_base()
    {
        var loop = Assert.IsType<PsObject>(Read("<Obj RefId=\"0\"><Ref RefId=\"0\"/></Obj>"));

        Assert.Same(loop, loop.BaseValue);
        Assert.Same(loop, PsObject.Unwrap(loop));
    }

    [Fact]
    public void Unknown_parts_of_an_object_are_skipped_with_all_they_hold()
    {
        var read = Assert.IsType<PsObject>(Read(
            "<Obj><New a=\"1\"><Obj RefId=\"x\">text</Obj></New><MS><New N=\"a\"><B>true</B></New><I32 N=\"b\">1</I32></MS><Other/></Obj>"));

        Assert.Equal("b", Assert.Single(read.Extended).Key);
        Assert.Equal(1, read["b"]);
    }

    [Fact]
    public void Of_several_base_values_the_last_counts()
    {
        Assert.Equal("2", Assert.IsType<PsObject>(Read("<Obj><I32>1</I32><S>2</S></Obj>")).BaseValue);
    }

    [Fact]
    public void A_base_value_may_be_an_object()
    {
        var read = Assert.IsType<PsObject>(Read("<Obj RefId=\"0\"><Obj RefId=\"1\"><S>x</S></Obj><MS><Ref N=\"a\" RefId=\"1\"/></MS></Obj>"));

        Assert.Same(read["a"], read.BaseValue);
        Assert.Equal("x", PsObject.Unwrap(read));
    }

    [Fact]
    public void Object_ids_and_type_name_ids_are_two_number_spaces()
    {
        var read = Assert.IsType<PsObject>(Read(
            "<Obj RefId=\"7\"><TN RefId=\"7\"><T>A</T></TN><MS>"
            + "<Obj N=\"b\" RefId=\"1\"><TNRef RefId=\"7\"/></Obj><Ref N=\"c\" RefId=\"7\"/></MS></Obj>"));

        Assert.Same(read, read["c"]);
        Assert.Same(read.TypeNames, Assert.IsType<PsObject>(read["b"]).TypeNames);
    }

    [Fact]
    public void Ids_do_not_live_from_one_body_to_the_next()
    {
        Read("<Obj RefId=\"0\"><TN RefId=\"0\"><T>A</T></TN></Obj>");

        Assert.Throws<ClixmlException>(() => Read("<Ref RefId=\"0\"/>"));
    }

    [Fact]
    public void SerializationData_is_dropped_and_its_bytes_not_even_decoded()
    {
        var read = Assert.IsType<PsObject>(Read(
            "<Obj><Props><BA N=\"serializationdata\">%</BA></Props><MS><BA N=\"SerializationData\">not base64 at all!</BA>"
            + "<S N=\"a\">x</S><Obj N=\"SerializationData\" RefId=\"3\"><BA>AAEC</BA></Obj><Ref N=\"b\" RefId=\"3\"/></MS></Obj>"));

        Assert.Empty(read.Adapted);
        Assert.Equal(["a", "b"], read.Extended.Select(property => property.Key));
        Assert.IsType<PsObject>(read["b"]);
    }

    [Fact]
    public void A_file_gives_its_items_with_their_streams_and_one_scope_of_ids()
    {
        var items = ClixmlReader.ReadFile(Encoding.UTF8.GetBytes(
            "<Objs><Obj RefId=\"0\" S=\"output\"><TN RefId=\"0\"><T>A</T></TN></Obj><S S=\"Error\">oops_x000A_</S>"
            + "<Obj RefId=\"1\"><TNRef RefId=\"0\"/><MS><Ref N=\"first\" RefId=\"0\"/></MS></Obj></Objs>"));

        Assert.Equal(["output", "Error", null], items.Select(item => item.Stream));
        Assert.Equal("oops\n", items[1].Value);
        var last = Assert.IsType<PsObject>(items[2].Value);
        Assert.Same(items[0].Value, last["first"]);
        Assert.True(last.Is("A"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<S>a</S>")]
    [InlineData("<Objs/><Objs/>")]
    [InlineData("<configuration/>")]
    public void What_is_no_exported_file_is_refused(string clixml) => Assert.Equal(
        ClixmlFault.UnexpectedElement,
        Assert.Throws<ClixmlException>(() => ClixmlReader.ReadFile(Encoding.UTF8.GetBytes(clixml))).Reason);

    [Theory]
    [InlineData("2026-01-02T03:04:05.12345678", 1234567)]
    [InlineData("2026-01-02T03:04:05.1", 1000000)]
    [InlineData("2026-01-02T03:04:05.0000001", 1)]
    public void Fractions_count_to_seven_digits(string text, long ticks) =>
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5).AddTicks(ticks), Read($"<DT>{text}</DT>"));

    [Fact]
    public void A_local_time_beyond_the_calendar_is_its_end()
    {
        Assert.Equal(DateTimeOffset.MinValue, Read("<DT>0001-01-01T00:00:00+09:00</DT>"));
        Assert.Equal(DateTimeOffset.MaxValue, Read("<DT>9999-12-31T23:59:59.9999999-07:00</DT>"));
    }

    [Theory]
    [InlineData("1.23456789012345678901234567890123", "1.2345678901234567890123456789")]
    [InlineData("1E+3", "1000")]
    [InlineData("-1.5e-3", "-0.0015")]
    public void Decimals_may_have_many_digits_and_exponents(string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Read($"<D>{text}</D>"));

    [Fact]
    public void Memory_that_is_a_slice_is_read_as_the_slice()
    {
        var bytes = Encoding.UTF8.GetBytes("<B>true</B><S>x</S><B>false</B>");

        Assert.Equal("x", ClixmlReader.Read(bytes.AsMemory(11, 8)));
    }

    private static object? Read(string clixml) => ClixmlReader.Read(Encoding.UTF8.GetBytes(clixml));
}
