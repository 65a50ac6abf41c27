using System.Globalization;
using System.Xml.Linq;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Simulation;

/// <summary>What Get-ExchangeDiagnosticInfo gives: an object whose Result is XML.</summary>
internal static class DiagnosticObjects
{
    public static PsObject Process(ServerProfile profile, DateTimeOffset started, DateTimeOffset now, XElement? component = null)
    {
        var xml = new XElement(
            "Diagnostics",
            new XElement(
                "ProcessInfo",
                new XElement("id", 2948),
                new XElement("serverName", profile.Name.Value),
                new XElement("startTime", Time(started)),
                new XElement("currentTime", Time(now))),
            new XElement("Components", component));
        return new()
        {
            TypeNames =
            [
                "Microsoft.Exchange.Management.Powershell.Support.ExchangeDiagnosticInfoResult", "Microsoft.Exchange.Data.ConfigurableObject",
                "System.Object",
            ],
            Adapted = { ["Result"] = xml.ToString(), ["Identity"] = null, ["IsValid"] = true, ["ObjectState"] = "New" },
        };
    }

    public static XElement Throttling(BackPressureFact fact, IReadOnlyList<string> transitions) => new(
        "ResourceThrottling",
        new XElement(
            "ResourceTracker",
            new XElement("AggregateUse", fact.Worst),
            fact.Meters.Zip(transitions, (meter, transition) => new XElement(
                "ResourceMeter",
                new XAttribute("Resource", meter.Instance is { } instance ? $"{meter.Resource}[{instance}]" : meter.Resource),
                new XElement("CurrentResourceUse", meter.Use),
                new XElement("PreviousResourceUse", meter.Previous),
                new XElement("PressureTransitions", transition),
                new XElement("Pressure", meter.Pressure)))));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
}
