using System.Text;
using System.Text.Json;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>CLIXML texts of other implementations' tests with a neutral reading each (reference folder).</summary>
public sealed class SampleVectorTests
{
    // What PowerShell refuses as well: placeholders instead of numbers, entries without Key or Value, and type names defined
    // elsewhere.
    private static readonly Dictionary<string, ClixmlFault> Refused = new()
    {
        ["psrpcore:test_primitive.py:test_ps_char:145"] = ClixmlFault.BadValue,
        ["psrpcore:test_primitive.py:test_ps_datetime_nanosecond:363"] = ClixmlFault.BadValue,
        ["psrpcore:test_primitive.py:test_ps_datetime_nanosecond_utc:386"] = ClixmlFault.BadValue,
        ["psrpcore:test_serializer.py:test_deserialize_invalid_duration:176"] = ClixmlFault.BadValue,
        ["psrpcore:test_serializer.py:test_fail_deserialize_dict_no_key:318"] = ClixmlFault.UnexpectedElement,
        ["psrpcore:test_serializer.py:test_fail_deserialize_dict_no_value:335"] = ClixmlFault.UnexpectedElement,
        ["pypsrp:test_serializer.py:test_deserialize_dynamic_obj_type_ref:248"] = ClixmlFault.DanglingReference,
    };

    [SkippableFact]
    public void Every_sample_reads_as_its_neutral_reading_says()
    {
        var read = 0;
        var refused = 0;
        foreach (var sample in Samples())
        {
            var id = sample.GetProperty("id").GetString()!;
            var clixml = Encoding.UTF8.GetBytes(sample.GetProperty("clixml").GetString()!);
            var readings = sample.GetProperty("reading");
            try
            {
                if (Refused.TryGetValue(id, out var reason))
                {
                    Assert.Equal(reason, Assert.Throws<ClixmlException>(() => ClixmlReader.Read(clixml)).Reason);
                    refused++;
                    continue;
                }

                var values = readings.GetArrayLength() == 1
                    ? [ClixmlReader.Read(clixml)]
                    : ClixmlReader.ReadFile(clixml).Select(item => item.Value).ToArray();
                Assert.Equal(readings.GetArrayLength(), values.Length);
                var neutral = new NeutralReading();
                foreach (var (reading, value) in readings.EnumerateArray().Zip(values))
                {
                    neutral.Check(reading, value);
                    SameValue.Check(value, ClixmlReader.Read(ClixmlWriter.Write(value)));
                }

                read++;
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException { InnerException: not null })
            {
                throw new Xunit.Sdk.XunitException($"{id}: {failure.Message}", failure);
            }
        }

        Assert.Equal(110, read + refused);
        Assert.Equal(Refused.Count, refused);
    }

    [SkippableFact]
    public void Streams_of_a_sample_are_kept()
    {
        const string Id = "psrpcore:test_serializer.py:test_serialize_clixml_list_with_streams:444";
        var sample = Samples().Single(one => one.GetProperty("id").ValueEquals(Id));

        Assert.Equal(
            [new ClixmlItem("output", "foo"), new ClixmlItem("warning", "bar")],
            ClixmlReader.ReadFile(Encoding.UTF8.GetBytes(sample.GetProperty("clixml").GetString()!)));
    }

    private static IEnumerable<JsonElement> Samples() =>
        Directory.GetFiles(References.Path("data/psrp/captures/clixml-samples"), "*.json")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("samples").EnumerateArray());
}
