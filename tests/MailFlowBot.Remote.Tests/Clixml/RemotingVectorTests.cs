using System.Text;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>The same values as they came over a remoting connection: one line, depth 1.</summary>
public sealed class RemotingVectorTests
{
    // Short arrays are unrolled by the pipeline; the records name places in two different scripts and the ids of two processes.
    private static readonly string[] NotTheSame =
    [
        "coll-arr_one", "coll-arr_empty", "rec-errorrecord_thrown", "rec-errorrecord_div", "rec-errorrecord_cmd", "rec-info_host",
        "rec-info_object",
    ];

    public static TheoryData<string> Recorded => [.. EngineVectors.Remoting.Keys];

    // A value that one pipeline sent whole, and that the file of serialised values holds as well.
    public static TheoryData<string> SentWhole =>
    [
        .. EngineVectors.Remoting
            .Where(line => Outputs(line.Value).Length == 1 && EngineVectors.All[line.Key].Clixml is not null)
            .Select(line => line.Key)
            .Except(NotTheSame),
    ];

    [Fact]
    public void All_185_lines_are_there() => Assert.Equal(185, EngineVectors.Remoting.Count);

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Every_body_means_what_the_XML_tree_says_and_comes_back_the_same(string name)
    {
        foreach (var message in EngineVectors.Remoting[name])
        {
            var value = ClixmlReader.Read(Encoding.UTF8.GetBytes(message.Body));
            if (message.Body.Length == 0)
                Assert.Null(value);
            else
                new XmlOracle().Check(XmlOracle.Parse(message.Body), value);
            SameValue.Check(value, ClixmlReader.Read(ClixmlWriter.Write(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_writer_spells_a_primitive_as_the_engine_does(string name)
    {
        foreach (var message in EngineVectors.Remoting[name].Where(message => message.Body.Length > 0))
        {
            var value = ClixmlReader.Read(Encoding.UTF8.GetBytes(message.Body));

            // The engine writes these two units as character references that XML 1.0 forbids; we write the escape.
            if (value is not PsObject and not "\uFFFE" and not "\uFFFF")
                Assert.Equal(message.Body, Encoding.UTF8.GetString(ClixmlWriter.Write(value)));
        }
    }

    [Theory]
    [MemberData(nameof(SentWhole))]
    public void An_output_agrees_with_the_serialised_value_as_deep_as_it_goes(string name)
    {
        var remote = ClixmlReader.Read(Encoding.UTF8.GetBytes(Outputs(EngineVectors.Remoting[name])[0].Body));
        var local = ClixmlReader.Read(Encoding.UTF8.GetBytes(EngineVectors.All[name].Clixml!));

        DepthAgreement.Check(local, local is PsObject ? remote : PsObject.Unwrap(remote));
    }

    [Fact]
    public void The_two_units_that_XML_forbids_arrive_and_can_be_sent()
    {
        foreach (var (name, text) in new[] { ("str-fffe", "\uFFFE"), ("str-ffff", "\uFFFF") })
        {
            Assert.Equal(text, ClixmlReader.Read(Encoding.UTF8.GetBytes(Outputs(EngineVectors.Remoting[name])[0].Body)));
            Assert.Equal($"<S>_x{(int)text[0]:X4}_</S>", Encoding.UTF8.GetString(ClixmlWriter.Write(text)));
        }
    }

    private static RemotingMessage[] Outputs(IEnumerable<RemotingMessage> messages) =>
        [.. messages.Where(message => message.Type == "PIPELINE_OUTPUT")];
}
