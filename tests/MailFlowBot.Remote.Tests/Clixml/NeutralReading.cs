using System.Globalization;
using System.Text.Json;
using System.Xml;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>Compares a value with the neutral reading that the reference samples carry beside each text.</summary>
internal sealed class NeutralReading
{
    private readonly Dictionary<string, PsObject> _objects = [];
    private readonly Dictionary<string, string[]> _typeNames = [];

    public void Check(JsonElement reading, object? value)
    {
        var kind = reading.GetProperty("kind").GetString()!;
        switch (kind)
        {
            case "null":
                Assert.Null(value);
                break;
            case "ref":
                Assert.Same(_objects[reading.GetProperty("ref").GetString()!], value);
                break;
            case "object":
                CheckObject(reading, Assert.IsType<PsObject>(value));
                break;
            default:
                CheckPrimitive(kind, reading, value);
                break;
        }
    }

    private void CheckObject(JsonElement reading, PsObject actual)
    {
        if (reading.TryGetProperty("ref", out var id))
            _objects[id.GetString()!] = actual;
        Assert.Equal(reading.TryGetProperty("to_string", out var text) ? text.GetString() : null, actual.Text);

        // The members stand in the order of the text, and so do the definitions of ids.
        foreach (var member in reading.EnumerateObject())
        {
            switch (member.Name)
            {
                case "types":
                    // Numbered in order of appearance in every sample.
                    var names = member.Value.EnumerateArray().Select(name => name.GetString()!).ToArray();
                    _typeNames[_typeNames.Count.ToString(CultureInfo.InvariantCulture)] = names;
                    Assert.Equal(names, actual.TypeNames);
                    break;
                case "types_ref" when _typeNames.TryGetValue(member.Value.GetString()!, out var known):
                    Assert.Equal(known, actual.TypeNames);
                    break;
                case "adapted":
                    CheckProperties(member.Value, actual.Adapted);
                    break;
                case "extended":
                    CheckProperties(member.Value, actual.Extended);
                    break;
                case "value":
                    Check(member.Value, actual.BaseValue);
                    break;
                case "items":
                    CheckItems(reading.GetProperty("container").GetString()!, member.Value, Assert.IsType<PsList>(actual.BaseValue));
                    break;
                case "entries":
                    CheckEntries(member.Value, Assert.IsType<PsDictionary>(actual.BaseValue));
                    break;
            }
        }

        Assert.Equal(reading.TryGetProperty("value", out _) || reading.TryGetProperty("container", out _), actual.BaseValue is not null);
    }

    private void CheckProperties(JsonElement reading, PsProperties actual)
    {
        Assert.Equal(reading.EnumerateObject().Count(), actual.Count);
        foreach (var property in reading.EnumerateObject())
        {
            Assert.True(actual.TryGet(property.Name, out var value), property.Name);
            Check(property.Value, value);
        }
    }

    private void CheckItems(string container, JsonElement items, PsList actual)
    {
        Assert.Equal(Enum.Parse<ClixmlTag>(container), actual.Kind switch
        {
            PsListKind.Stack => ClixmlTag.STK,
            PsListKind.Queue => ClixmlTag.QUE,
            PsListKind.Enumerable => ClixmlTag.IE,
            _ => ClixmlTag.LST,
        });
        Assert.Equal(items.GetArrayLength(), actual.Count);
        for (var index = 0; index < actual.Count; index++)
            Check(items[index], actual[index]);
    }

    private void CheckEntries(JsonElement entries, PsDictionary actual)
    {
        Assert.Equal(entries.GetArrayLength(), actual.Count);
        for (var index = 0; index < actual.Count; index++)
        {
            Check(entries[index][0], actual.Entries[index].Key);
            Check(entries[index][1], actual.Entries[index].Value);
        }
    }

    private static void CheckPrimitive(string kind, JsonElement reading, object? value)
    {
        var text = reading.GetProperty("text").GetString()!;
        if (kind == "S")
        {
            Assert.Equal(DecodedOf(reading), value);
            return;
        }

        var spelled = value switch
        {
            bool truth => XmlConvert.ToString(truth),
            char unit => XmlConvert.ToString((ushort)unit),
            float number => number == XmlConvert.ToSingle(text) ? text : XmlConvert.ToString(number),
            double number => number.Equals(XmlConvert.ToDouble(text)) ? text : XmlConvert.ToString(number),
            DateTimeOffset time => XmlConvert.ToString(time),
            DateTime time => XmlConvert.ToString(time, XmlDateTimeSerializationMode.RoundtripKind),
            TimeSpan span => XmlConvert.ToString(span) is var canonical && XmlConvert.ToTimeSpan(text) == span ? text : canonical,
            byte[] bytes => Convert.ToBase64String(bytes),
            PsSecureString secret => secret.Cipher,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        Assert.Equal(text, spelled);
        Assert.Equal(kind, Enum.GetName(TagOf(value)));
    }

    // decoded_utf16 is there when the text holds what JSON cannot carry.
    private static string? DecodedOf(JsonElement reading) =>
        reading.TryGetProperty("decoded_utf16", out var units) && units.ValueKind == JsonValueKind.Array
            ? new string([.. units.EnumerateArray().Select(unit => (char)unit.GetInt32())])
            : reading.GetProperty("decoded").GetString();

    private static ClixmlTag TagOf(object? value) => value switch
    {
        bool => ClixmlTag.B,
        char => ClixmlTag.C,
        byte => ClixmlTag.By,
        sbyte => ClixmlTag.SB,
        short => ClixmlTag.I16,
        ushort => ClixmlTag.U16,
        int => ClixmlTag.I32,
        uint => ClixmlTag.U32,
        long => ClixmlTag.I64,
        ulong => ClixmlTag.U64,
        float => ClixmlTag.Sg,
        double => ClixmlTag.Db,
        decimal => ClixmlTag.D,
        DateTime or DateTimeOffset => ClixmlTag.DT,
        TimeSpan => ClixmlTag.TS,
        byte[] => ClixmlTag.BA,
        Guid => ClixmlTag.G,
        Version => ClixmlTag.Version,
        PsSecureString => ClixmlTag.SS,
        _ => ClixmlTag.Unknown,
    };
}
