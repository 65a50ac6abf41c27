using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// What Get-ExchangeDiagnosticInfo gives: XML in a text property, with the process it speaks about and, when asked for, the meters of
/// ResourceThrottling.
/// </summary>
/// <param name="Server">serverName of the process: the server that really answered; null when not told.</param>
internal sealed partial record DiagnosticXml(string? Server, DateTimeOffset? Started, IReadOnlyList<ResourceMeter> Meters)
{
    // Arbitrary and generous: a real answer has some 30,000 characters, ten meters and six levels.
    private const int MostCharacters = 1 << 20;
    private const int Deepest = 32;
    private const int MostMeters = 200;
    private const int LongestValue = 1024;

    /// <summary>Null when the text is not XML, or more than a server would say.</summary>
    public static DiagnosticXml? Read(string? text)
    {
        if (text is null || text.Length > MostCharacters)
            return null;
        try
        {
            return Walk(text);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static DiagnosticXml? Walk(string text)
    {
        // Nothing outside the text is ever looked at, and nothing in it grows.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters };
        using var xml = XmlReader.Create(new StringReader(text), settings);
        var meters = new List<Meter>();
        var element = "";
        Meter? meter = null;
        string? server = null;
        DateTimeOffset? started = null;
        while (xml.Read())
        {
            if (xml.Depth > Deepest || meters.Count > MostMeters)
                return null;
            if (xml.NodeType == XmlNodeType.Element)
            {
                element = xml.LocalName;
                if (element == "ResourceMeter")
                    meters.Add(meter = new Meter(Short(xml.GetAttribute("Resource") ?? "")));
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                element = "";
                meter = xml.LocalName == "ResourceMeter" ? null : meter;
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                var value = Short(xml.Value.Trim());
                if (meter is not null)
                    meter.Told[element] = value;
                else if (element == "serverName")
                    server ??= value;
                else if (element == "startTime")
                    started ??= Time(value);
            }
        }

        return new DiagnosticXml(server, started, [.. meters.Select(Read)]);
    }

    private static ResourceMeter Read(Meter meter)
    {
        var name = Name().Match(meter.Name);
        return new ResourceMeter(
            name.Groups["resource"].Value,
            name.Groups["instance"] is { Success: true } instance ? instance.Value : null,
            Property.NamedText<ResourceUse>(meter.Told.GetValueOrDefault("CurrentResourceUse")),
            Property.NamedText<ResourceUse>(meter.Told.GetValueOrDefault("PreviousResourceUse")),
            Number(meter.Told.GetValueOrDefault("Pressure")),
            Transition(meter, "MediumToHigh"),
            Transition(meter, "MediumToLow"));
    }

    private static long? Transition(Meter meter, string name) => Number(Transitions()
        .Matches(meter.Told.GetValueOrDefault("PressureTransitions") ?? "")
        .FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["at"].Value);

    private static long? Number(string? text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParseExact(
        text, "o", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static string Short(string text) => text.Length > LongestValue ? text[..LongestValue] : text;

    private sealed record Meter(string Name)
    {
        public Dictionary<string, string> Told { get; } = [];
    }

    [GeneratedRegex(@"^(?<resource>[^\[]*)(?:\[(?<instance>.*)\])?\s*\z", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<name>[A-Za-z]{1,32})=(?<at>-?\d{1,18})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Transitions();
}
