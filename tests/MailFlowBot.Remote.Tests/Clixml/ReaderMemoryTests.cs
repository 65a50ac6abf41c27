using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>What is shared between bodies, what is bounded, and what is forgotten.</summary>
public sealed class ReaderMemoryTests
{
    private const string Typed = "<Obj RefId=\"0\"><TN RefId=\"0\"><T>My.Type_x0041_</T><T>System.Object</T></TN><MS><S N=\"My_x0042_\">v</S></MS></Obj>";

    [Fact]
    public void Names_and_lists_of_type_names_are_one_instance_in_all_bodies()
    {
        var (one, other) = (Read(Typed), Read(Typed));

        Assert.Equal(["My.TypeA", "System.Object"], one.TypeNames);
        Assert.Same(one.TypeNames, other.TypeNames);
        Assert.Equal("MyB", one.Extended.Single().Key);
        Assert.Same(one.Extended.Single().Key, other.Extended.Single().Key);
    }

    [Fact]
    public void A_list_of_type_names_met_before_is_still_known_by_its_id()
    {
        Read(Typed);

        var again = Read(Typed.Replace("<MS>", "<MS><Obj N=\"o\"><TNRef RefId=\"0\"/></Obj>", StringComparison.Ordinal));

        Assert.Same(again.TypeNames, Assert.IsType<PsObject>(again["o"]).TypeNames);
    }

    [Fact]
    public void A_comment_that_hides_an_end_tag_does_not_mislead_the_memory_of_type_names()
    {
        const string Hidden = "<Obj><TN><T>Hidden.A</T><!--</TN>--><T>B</T></TN></Obj>";

        for (var time = 0; time < 3; time++)
            Assert.Equal(["Hidden.A", "B"], Read(Hidden).TypeNames);
        Assert.Equal(["Hidden.A"], Read("<Obj><TN><T>Hidden.A</T></TN></Obj>").TypeNames);
        Assert.Throws<ClixmlException>(() => Read("<Obj><TN><T>Hidden.A</T><!--</TN></Obj>"));
    }

    [Fact]
    public void More_names_than_the_memory_holds_are_all_read_right()
    {
        for (var time = 0; time < 2; time++)
        {
            var properties = string.Concat(Enumerable.Range(0, 10_000).Select(number => $"<I32 N=\"n{number}\">{number}</I32>"));

            Assert.All(Read($"<Obj><MS>{properties}</MS></Obj>").Extended, property => Assert.Equal($"n{property.Value}", property.Key));
        }
    }

    [Fact]
    public void A_cache_keeps_the_newest_and_one_more_of_a_place_and_none_too_long()
    {
        var cache = new WireCache<string>(places: 2, longest: 3);
        foreach (var name in new[] { "a", "b", "c", "long" })
        {
            var wire = Encoding.UTF8.GetBytes(name);
            Assert.Null(cache.Find(wire, out var hash));
            cache.Keep(wire, hash, name);
        }

        Assert.Null(cache.Find("long"u8, out _));
        Assert.Equal("c", cache.Find("c"u8, out _));
        Assert.True(cache.Find("a"u8, out _) is null ^ cache.Find("b"u8, out _) is null);
    }

    [Fact]
    public void Ids_may_start_anywhere_and_come_in_any_order()
    {
        int[] ids = [3, 0, 1, 2, 1_000_000, 5, 4, int.MaxValue, 7, 6, 20, 8];
        var table = new ReferenceTable<string>();
        foreach (var id in ids)
            table.Set(id, $"first {id}");
        foreach (var id in ids)
            table.Set(id, $"{id}");

        Assert.All(ids, id => Assert.True(table.TryGet(id, out var value) && value == $"{id}"));
        Assert.All([-1, 9, 19, 21, int.MaxValue - 1], id => Assert.False(table.TryGet(id, out _)));
        table.Clear();
        Assert.All(ids, id => Assert.False(table.TryGet(id, out _)));
    }

    [Fact]
    public void Readings_on_many_threads_do_not_disturb_each_other() => Parallel.For(0, 2_000, number =>
    {
        var read = Read($"<Obj><TN RefId=\"0\"><T>T{number % 700}</T></TN><MS><S N=\"p{number % 900}\">&lt;{number}</S></MS></Obj>");
        Assert.Equal([$"T{number % 700}"], read.TypeNames);
        Assert.Equal($"<{number}", read[$"p{number % 900}"]);
    });

    [Fact]
    public void A_refused_body_leaves_nothing_for_the_next()
    {
        Assert.Throws<ClixmlException>(() => Read("<Obj RefId=\"0\"><TN RefId=\"0\"><T>A</T></TN><MS><S N=\"a\">1</S><LST>"));

        Assert.Throws<ClixmlException>(() => Read("<Obj><MS><Ref N=\"a\" RefId=\"0\"/></MS></Obj>"));
        Assert.Throws<ClixmlException>(() => Read("<Obj><TNRef RefId=\"0\"/></Obj>"));
        Assert.Equal("b", Read("<Obj><MS><S N=\"b\">2</S></MS></Obj>").Extended.Single().Key);
    }

    [Fact]
    public void A_list_that_was_read_can_grow_and_has_no_items_beyond_its_end()
    {
        var list = Assert.IsType<PsList>(Read("<Obj><LST><I32>1</I32></LST></Obj>").BaseValue);
        list.Add(2);

        Assert.Equal([1, 2], list.Items);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[3]);
    }

    [Fact]
    public void Two_bags_of_one_kind_are_read_as_one()
    {
        var read = Read("<Obj><MS><I32 N=\"a\">1</I32></MS><MS/><MS><I32 N=\"b\">2</I32><I32 N=\"A\">3</I32></MS></Obj>");

        Assert.Equal(["a", "b", "A"], read.Extended.Select(property => property.Key));
        Assert.Equal(3, read["a"]);
    }

    private static PsObject Read(string clixml) => Assert.IsType<PsObject>(ClixmlReader.Read(Encoding.UTF8.GetBytes(clixml)));
}
