using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

public sealed class RoundTripTests
{
    public static TheoryData<object?> Primitives => new()
    {
        { null },
        { "" },
        { "a <b> & \"c\" 日本 _x0041_ \r\n\t \uD83D \uFFFE" },
        { true },
        { false },
        { 'あ' },
        { '\0' },
        { byte.MaxValue },
        { sbyte.MinValue },
        { short.MinValue },
        { ushort.MaxValue },
        { int.MinValue },
        { uint.MaxValue },
        { long.MinValue },
        { ulong.MaxValue },
        { float.Epsilon },
        { float.NegativeInfinity },
        { double.MaxValue },
        { double.PositiveInfinity },
        { double.NaN },
        { decimal.MinValue },
        { 1.10m },
        { new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc) },
        { new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified).AddTicks(1) },
        { DateTime.MaxValue },
        { new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(9)) },
        { new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) },
        { TimeSpan.MinValue },
        { TimeSpan.MaxValue },
        { TimeSpan.FromTicks(-1) },
        { Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e") },
        { new Uri("http://例え.jp/パス?q=あ&r=_x0041_") },
        { new Uri("a/b c", UriKind.Relative) },
        { new Version(15, 2, 1544, 4) },
        { new PsScriptBlock(" Get-Queue | Where-Object { $_.MessageCount -gt 10 } ") },
        { new PsXmlDocument("<a b=\"c&amp;d\"><!-- x --></a>") },
        { new PsSecureString("dAB4AA==") },
        { new PsProgress { Activity = "Moving", ActivityId = 3, CurrentOperation = "EX01", PercentComplete = 40 } },
        { new PsProgress { Activity = "Moving", RecordType = "Completed", StatusDescription = "done" } },
    };

    [Theory]
    [MemberData(nameof(Primitives))]
    public void A_primitive_comes_back_as_the_same_value_of_the_same_type(object? value)
    {
        var back = ClixmlReader.Read(ClixmlWriter.Write(value));

        Assert.Equal(value, back);
        Assert.Equal(value?.GetType(), back?.GetType());
        Assert.Equal((value as DateTime?)?.Kind, (back as DateTime?)?.Kind);
    }

    [Fact]
    public void Bytes_come_back_whatever_their_number()
    {
        foreach (var length in new[] { 0, 1, 2, 3, 3071, 3072, 3073, 10_000 })
        {
            var bytes = Enumerable.Range(0, length).Select(at => (byte)at).ToArray();
            Assert.Equal(bytes, Assert.IsType<byte[]>(ClixmlReader.Read(ClixmlWriter.Write(bytes))));
        }
    }

    [Fact]
    public void An_object_comes_back_with_all_its_parts()
    {
        var written = new PsObject
        {
            TypeNames = ["Microsoft.Exchange.Data.ServiceState", "System.Object"],
            Text = "",
            BaseValue = new PsDictionary { { "a", 1 }, { 5, null } },
            Adapted = { ["State"] = PsObject.Enum("ServiceState", "Active", 1) },
            Extended = { ["日本 _x0041_"] = new PsObject { BaseValue = new PsList { 1, "b", null } } },
        };

        var back = Assert.IsType<PsObject>(ClixmlReader.Read(ClixmlWriter.Write(written)));

        Assert.Equal(written.TypeNames, back.TypeNames);
        Assert.Equal("", back.Text);
        var entries = Assert.IsType<PsDictionary>(back.BaseValue);
        Assert.Equal([new("a", 1), new(5, null)], entries.Entries);
        var state = Assert.IsType<PsObject>(back["state"]);
        Assert.True(state.Is("ServiceState"));
        Assert.Equal(1, state.BaseValue);
        Assert.Equal("Active", state.Text);
        Assert.Equal([1, "b", null], Assert.IsType<PsList>(Assert.IsType<PsObject>(back.Extended["日本 _x0041_"]).BaseValue).Items);
    }

    [Fact]
    public void An_object_that_contains_itself_comes_back_as_one_that_does()
    {
        var written = new PsObject();
        written.Extended["Self"] = written;
        written.BaseValue = new PsList { written };

        var back = Assert.IsType<PsObject>(ClixmlReader.Read(ClixmlWriter.Write(written)));

        Assert.Same(back, back["Self"]);
        Assert.Same(back, Assert.IsType<PsList>(back.BaseValue)[0]);
    }

    [Fact]
    public void Repeated_objects_and_type_names_are_written_once()
    {
        var none = PsObject.Enum("PipelineResultTypes", "None", 0);
        var written = new PsObject
        {
            Extended =
            {
                ["MergeError"] = none,
                ["MergeWarning"] = none,
                ["MergeToResult"] = PsObject.Enum("PipelineResultTypes", "Output", 1),
            },
        };

        Assert.Equal(
            "<Obj RefId=\"0\"><MS><Obj N=\"MergeError\" RefId=\"1\"><TN RefId=\"0\"><T>PipelineResultTypes</T><T>System.Enum</T>"
            + "<T>System.ValueType</T><T>System.Object</T></TN><ToString>None</ToString><I32>0</I32></Obj>"
            + "<Ref N=\"MergeWarning\" RefId=\"1\" /><Obj N=\"MergeToResult\" RefId=\"2\"><TNRef RefId=\"0\" />"
            + "<ToString>Output</ToString><I32>1</I32></Obj></MS></Obj>",
            Encoding.UTF8.GetString(ClixmlWriter.Write(written)));
    }

    [Fact]
    public void A_bare_list_or_dictionary_becomes_an_object_of_the_usual_type()
    {
        var list = Assert.IsType<PsObject>(ClixmlReader.Read(ClixmlWriter.Write(new PsList { 1, new PsDictionary { ["k"] = "v" } })));

        Assert.True(list.Is("System.Collections.ArrayList"));
        var items = Assert.IsType<PsList>(list.BaseValue);
        Assert.Equal(1, items[0]);
        var hashtable = Assert.IsType<PsObject>(items[1]);
        Assert.True(hashtable.Is("System.Collections.Hashtable"));
        Assert.Equal("v", Assert.IsType<PsDictionary>(hashtable.BaseValue)["K"]);
    }

    [Theory]
    [InlineData((int)PsListKind.List)]
    [InlineData((int)PsListKind.Enumerable)]
    [InlineData((int)PsListKind.Stack)]
    [InlineData((int)PsListKind.Queue)]
    public void A_sequence_keeps_its_kind_and_order(int kindNumber)
    {
        var kind = (PsListKind)kindNumber;
        var back = Assert.IsType<PsObject>(ClixmlReader.Read(ClixmlWriter.Write(new PsList([2, 1]) { Kind = kind })));

        var list = Assert.IsType<PsList>(back.BaseValue);
        Assert.Equal(kind, list.Kind);
        Assert.Equal([2, 1], list.Items);
    }

    [Fact]
    public void A_value_that_has_no_element_is_refused_by_name()
    {
        var refusal = Assert.Throws<ClixmlException>(() => ClixmlWriter.Write(new PsList { DayOfWeek.Friday }));

        Assert.Equal(ClixmlFault.UnsupportedType, refusal.Reason);
        Assert.Contains("System.DayOfWeek", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_reader_would_take_is_not_written()
    {
        var deepest = new PsObject();
        for (var level = 1; level < 50; level++)
            deepest = new PsObject { Extended = { ["Inner"] = deepest } };

        Assert.NotNull(ClixmlReader.Read(ClixmlWriter.Write(deepest)));
        var refusal = Assert.Throws<ClixmlException>(() => ClixmlWriter.Write(new PsObject { BaseValue = deepest }));
        Assert.Equal(ClixmlFault.TooDeep, refusal.Reason);
    }
}
