using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>Every value that a real engine serialised: read, compared, written, read again.</summary>
public sealed class EngineVectorTests
{
    public static TheoryData<string> Serialised =>
        [.. EngineVectors.All.Values.Where(vector => vector.Clixml is not null).Select(vector => vector.Name)];

    public static TheoryData<string> WithKnownValue => [.. ExpectedValues.ByName.Keys];

    [Fact]
    public void Every_recorded_line_but_two_holds_a_value()
    {
        Assert.Equal(190, EngineVectors.All.Count);
        Assert.Equal(
            ["str-fffe", "str-ffff"],
            EngineVectors.All.Values.Where(vector => vector.Clixml is null).Select(vector => vector.Name));
    }

    [Theory]
    [MemberData(nameof(Serialised))]
    public void Means_what_the_XML_tree_says(string name)
    {
        var clixml = EngineVectors.All[name].Clixml!;
        var oracle = new XmlOracle();

        oracle.Check(XmlOracle.Parse(clixml).Elements().Single(), ClixmlReader.Read(Encoding.UTF8.GetBytes(clixml)));

        Assert.True(oracle.Compared > 0);
    }

    [Theory]
    [MemberData(nameof(Serialised))]
    public void Comes_back_the_same_when_written_and_read_again(string name)
    {
        var value = ClixmlReader.Read(Encoding.UTF8.GetBytes(EngineVectors.All[name].Clixml!));

        SameValue.Check(value, ClixmlReader.Read(ClixmlWriter.Write(value)));
    }

    [Theory]
    [MemberData(nameof(Serialised))]
    public void Has_the_type_names_the_engine_itself_read(string name)
    {
        var vector = EngineVectors.All[name];
        if (ClixmlReader.Read(Encoding.UTF8.GetBytes(vector.Clixml!)) is not PsObject { TypeNames.Count: > 0 } read)
            return;

        // Types that the engine can build again lose the prefix there.
        Assert.Equal(
            vector.DeserializedTypeNames!.Select(type => type.Replace("Deserialized.", "", StringComparison.Ordinal)),
            read.TypeNames);
        Assert.True(read.Is(read.TypeNames[0]));
    }

    [Theory]
    [MemberData(nameof(WithKnownValue))]
    public void Is_the_value_its_expression_makes(string name)
    {
        var value = ClixmlReader.Read(Encoding.UTF8.GetBytes(EngineVectors.All[name].Clixml!));

        SameValue.Check(ExpectedValues.ByName[name], value);
    }

    [Fact]
    public void Every_primitive_time_and_string_line_that_is_no_object_has_a_known_value()
    {
        var unknown = EngineVectors.All.Values
            .Where(vector => vector.Clixml is not null && vector.Name.Split('-')[0] is "prim" or "time" or "str")
            .Where(vector => vector.Clixml is not null && !vector.Clixml.Contains("<Obj ", StringComparison.Ordinal))
            .Select(vector => vector.Name)
            .Except(ExpectedValues.ByName.Keys);

        Assert.Empty(unknown);
    }

    [Fact]
    public void Enums_carry_text_and_number()
    {
        foreach (var vector in EngineVectors.All.Values.Where(vector => vector.Name.StartsWith("enum-", StringComparison.Ordinal)))
        {
            var read = Assert.IsType<PsObject>(ClixmlReader.Read(Encoding.UTF8.GetBytes(vector.Clixml!)));
            Assert.Equal(vector.Text, read.Text);
            Assert.True(read.Is("System.Enum"), vector.Name);
            Assert.True(read.BaseValue is int or uint or long or ulong or short or byte, vector.Name);
        }
    }

    [Fact]
    public void A_component_state_shows_its_members()
    {
        var read = Assert.IsType<PsObject>(ClixmlReader.Read(Encoding.UTF8.GetBytes(EngineVectors.All["exch-compstate"].Clixml!)));

        Assert.True(read.Is("Microsoft.Exchange.Management.Monitoring.ServerComponentState"));
        Assert.Equal("HubTransport", read["component"]);
        Assert.Equal("EX01\\HubTransport", read.Text);
    }
}
