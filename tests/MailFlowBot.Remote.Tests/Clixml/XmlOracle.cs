using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Tests.Clixml;

/// <summary>
/// A second opinion on what a CLIXML text means, straight from the XML tree and .NET's own converters, sharing no code with the
/// reader.
/// </summary>
internal sealed class XmlOracle
{
    private readonly Dictionary<string, PsObject> _objects = [];
    private readonly Dictionary<string, string[]> _typeNames = [];

    /// <summary>How many values were compared.</summary>
    public int Compared { get; private set; }

    public static XElement Parse(string clixml)
    {
        var settings = new XmlReaderSettings { CheckCharacters = false };
        using var xml = XmlReader.Create(new StringReader(clixml), settings);
        return XElement.Load(xml, LoadOptions.PreserveWhitespace);
    }

    public void Check(XElement element, object? value)
    {
        Compared++;
        var tag = element.Name.LocalName;
        switch (tag)
        {
            case "Nil":
                Assert.Null(value);
                break;
            case "Ref":
                Assert.Same(_objects[element.Attribute("RefId")!.Value], value);
                break;
            case "Obj":
                CheckObject(element, Assert.IsType<PsObject>(value));
                break;
            case "PR":
                Assert.Equal(XmlConvert.DecodeName(Child(element, "AV")!.Value), Assert.IsType<PsProgress>(value).Activity);
                break;
            default:
                CheckPrimitive(tag, element.Value, value);
                break;
        }
    }

    private void CheckObject(XElement element, PsObject actual)
    {
        if (element.Attribute("RefId") is { } id)
            _objects[id.Value] = actual;
        Assert.Equal(TypeNamesOf(element), actual.TypeNames);
        Assert.Equal(Child(element, "ToString") is { } text ? XmlConvert.DecodeName(text.Value) : null, actual.Text);

        // In document order, because ids are defined by the first part that carries them.
        var hasBase = false;
        foreach (var part in element.Elements())
        {
            switch (part.Name.LocalName)
            {
                case "TN" or "TNRef" or "ToString":
                    break;
                case "Props":
                    CheckProperties(part, actual.Adapted);
                    break;
                case "MS":
                    CheckProperties(part, actual.Extended);
                    break;
                case "LST" or "IE" or "STK" or "QUE":
                    hasBase = true;
                    CheckItems(part, Assert.IsType<PsList>(actual.BaseValue));
                    break;
                case "DCT":
                    hasBase = true;
                    CheckEntries(part, Assert.IsType<PsDictionary>(actual.BaseValue));
                    break;
                default:
                    hasBase = true;
                    Check(part, actual.BaseValue);
                    break;
            }
        }

        Assert.True(hasBase || actual.BaseValue is null);
    }

    private string[] TypeNamesOf(XElement element)
    {
        if (Child(element, "TNRef") is { } reference)
            return _typeNames[reference.Attribute("RefId")!.Value];
        if (Child(element, "TN") is not { } names)
            return [];
        return _typeNames[names.Attribute("RefId")!.Value] = [.. names.Elements().Select(name => XmlConvert.DecodeName(name.Value)!)];
    }

    private void CheckProperties(XElement bag, PsProperties actual)
    {
        var kept = bag.Elements().Where(property => NameOf(property) != "SerializationData").ToList();
        Assert.Equal(kept.Select(NameOf), actual.Select(property => property.Key));
        foreach (var (expected, property) in kept.Zip(actual))
            Check(expected, property.Value);
    }

    private void CheckItems(XElement container, PsList actual)
    {
        Assert.Equal(
            container.Name.LocalName,
            actual.Kind switch { PsListKind.List => "LST", PsListKind.Enumerable => "IE", PsListKind.Stack => "STK", _ => "QUE" });
        Assert.Equal(container.Elements().Count(), actual.Count);
        foreach (var (expected, item) in container.Elements().Zip(actual))
            Check(expected, item);
    }

    private void CheckEntries(XElement container, PsDictionary actual)
    {
        Assert.Equal(container.Elements().Count(), actual.Count);
        foreach (var (expected, entry) in container.Elements().Zip(actual))
        {
            Check(expected.Elements().Single(part => NameOf(part) == "Key"), entry.Key);
            Check(expected.Elements().Single(part => NameOf(part) == "Value"), entry.Value);
        }
    }

    private static void CheckPrimitive(string tag, string text, object? value)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (tag)
        {
            case "S":
                Assert.Equal(XmlConvert.DecodeName(text), value);
                break;
            case "URI":
                Assert.Equal(XmlConvert.DecodeName(text), Assert.IsAssignableFrom<Uri>(value).OriginalString);
                break;
            case "XD":
                Assert.Equal(new PsXmlDocument(XmlConvert.DecodeName(text)!), value);
                break;
            case "SBK":
                Assert.Equal(new PsScriptBlock(XmlConvert.DecodeName(text)!), value);
                break;
            case "SS":
                Assert.Equal(new PsSecureString(text), value);
                break;
            case "BA":
                Assert.Equal(Convert.FromBase64String(text), value);
                break;
            case "DT" when value is DateTimeOffset time:
                Assert.Equal(XmlConvert.ToDateTimeOffset(text), time);
                Assert.True(text[^6] is '+' or '-');
                break;
            case "DT":
                var expected = XmlConvert.ToDateTime(text, XmlDateTimeSerializationMode.RoundtripKind);
                Assert.Equal(expected, Assert.IsType<DateTime>(value));
                Assert.Equal(expected.Kind, ((DateTime)value).Kind);
                break;
            default:
                object converted = tag switch
                {
                    "B" => XmlConvert.ToBoolean(text),
                    "C" => (char)XmlConvert.ToUInt16(text),
                    "By" => XmlConvert.ToByte(text),
                    "SB" => XmlConvert.ToSByte(text),
                    "I16" => XmlConvert.ToInt16(text),
                    "U16" => XmlConvert.ToUInt16(text),
                    "I32" => XmlConvert.ToInt32(text),
                    "U32" => XmlConvert.ToUInt32(text),
                    "I64" => XmlConvert.ToInt64(text),
                    "U64" => XmlConvert.ToUInt64(text),
                    "Sg" => XmlConvert.ToSingle(text),
                    "Db" => XmlConvert.ToDouble(text),
                    "D" => decimal.Parse(text, NumberStyles.Float, invariant),
                    "TS" => XmlConvert.ToTimeSpan(text),
                    "G" => new Guid(text),
                    "Version" => new Version(text),
                    _ => throw new InvalidOperationException($"An element the oracle does not know: {tag}"),
                };
                Assert.Equal(converted, value);
                break;
        }
    }

    private static XElement? Child(XElement element, string name) =>
        element.Elements().LastOrDefault(child => child.Name.LocalName == name);

    private static string? NameOf(XElement element) => XmlConvert.DecodeName(element.Attribute("N")?.Value);
}
