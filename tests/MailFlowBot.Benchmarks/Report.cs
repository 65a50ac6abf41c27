using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailFlowBot.Benchmarks;

/// <summary>The figures of one run, with their units and what they were measured on.</summary>
internal sealed class Report(string benchmark)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Name, double Value, string Unit)> _figures = [];

    public void Add(string name, double value, string unit) => _figures.Add((name, value, unit));

    /// <summary>One JSON object, or a line a figure.</summary>
    public void Print(bool json)
    {
        if (!json)
        {
            foreach (var (name, value, unit) in _figures)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {value,16:N3} {unit}"));
            return;
        }

        var figures = new JsonObject();
        foreach (var (name, value, unit) in _figures)
            figures[name] = new JsonObject { ["value"] = Math.Round(value, 3), ["unit"] = unit };
        var all = new JsonObject
        {
            ["benchmark"] = benchmark,
            ["figures"] = figures,
            ["runtime"] = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
            ["processors"] = Environment.ProcessorCount,
        };
        Console.WriteLine(all.ToJsonString(Compact));
    }
}
