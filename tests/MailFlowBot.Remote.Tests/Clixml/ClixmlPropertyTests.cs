using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

public sealed class ClixmlPropertyTests
{
    private static readonly byte[][] Documents =
    [
        .. EngineVectors.All.Values
            .Where(vector => vector.Clixml is { Length: < 4000 })
            .Select(vector => Encoding.UTF8.GetBytes(vector.Clixml!)),
    ];

    private static readonly string[] Pieces =
    [
        "<", ">", "/>", "</", "<Obj RefId=\"0\">", "</Obj>", "<Ref RefId=\"0\"/>", "<TNRef RefId=\"0\"/>", "<TN RefId=\"0\">", "</TN>",
        "<T>a</T>", "<MS>", "</MS>", "<Props>", "</Props>", "<LST>", "</LST>", "<DCT>", "</DCT>", "<En>", "</En>",
        "<S N=\"Key\">", "</S>", "<I32 N=\"Value\">", "</I32>", "1", "<Nil/>", "<Objs>", "</Objs>", "&amp;", "&#xFFFF;", "&#x110000;",
        "<![CDATA[", "]]>", "<!--", "-->",
        "<?xml version=\"1.0\"?>", "<!DOCTYPE a>", "_xD83D_", "<DT>", "</DT>", "<PR>", "</PR>", "<BA>", "</BA>",
        "<Foo>", "</Foo>", " ", "\0", "\uFFFE",
    ];

    [Fact]
    public void Any_value_comes_back_as_it_was() => Prop.ForAll(ClixmlGenerators.Value.ToArbitrary(), value =>
    {
        SameValue.Check(value, ClixmlReader.Read(ClixmlWriter.Write(value)));
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_bytes_give_a_value_or_a_typed_refusal() => Prop.ForAll(
        Gen.Choose(0, 255).Select(one => (byte)one).ArrayOf().ToArbitrary(),
        GivesValueOrRefusal).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Any_heap_of_pieces_gives_a_value_or_a_typed_refusal() => Prop.ForAll(
        Gen.Elements(Pieces).ArrayOf().Select(pieces => Encoding.UTF8.GetBytes(string.Concat(pieces))).ToArbitrary(),
        GivesValueOrRefusal).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Any_damage_to_a_real_document_gives_a_value_or_a_typed_refusal()
    {
        var damaged =
            from document in Gen.Elements(Documents)
            from edits in Gen.Choose(0, document.Length - 1).Zip(Gen.Choose(-2, 255)).ListOf(3)
            select Damage(document, edits);
        Prop.ForAll(damaged.ToArbitrary(), GivesValueOrRefusal).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_value_that_was_read_can_always_be_written()
    {
        var damaged =
            from document in Gen.Elements(Documents)
            from edit in Gen.Choose(0, document.Length - 1).Zip(Gen.Choose(-2, 255))
            select Damage(document, [edit]);
        Prop.ForAll(damaged.ToArbitrary(), bytes =>
        {
            if (TryRead(bytes, out var value))
                SameValue.Check(value, ClixmlReader.Read(ClixmlWriter.Write(value)));
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static bool GivesValueOrRefusal(byte[] bytes)
    {
        TryRead(bytes, out _);
        try
        {
            ClixmlReader.ReadFile(bytes);
        }
        catch (ClixmlException)
        {
            // One of the two outcomes; any other exception fails the property.
        }

        return true;
    }

    private static bool TryRead(byte[] bytes, out object? value)
    {
        try
        {
            value = ClixmlReader.Read(bytes);
            return true;
        }
        catch (ClixmlException)
        {
            value = null;
            return false;
        }
    }

    // -2 removes the byte, -1 doubles it, anything else replaces it.
    private static byte[] Damage(byte[] document, IEnumerable<(int At, int By)> edits)
    {
        var bytes = document.ToList();
        foreach (var (position, by) in edits)
        {
            var at = position % bytes.Count;
            if (by == -2)
                bytes.RemoveAt(at);
            else if (by == -1)
                bytes.Insert(at, bytes[at]);
            else
                bytes[at] = (byte)by;
        }

        return [.. bytes];
    }
}
