using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Benchmarks;

/// <summary>
/// How fast object XML becomes values, on one core: an exported file as a whole, then each of its objects as a message body with a
/// byte order mark, which is what a connection brings; and how fast the writer makes those bodies.
/// </summary>
internal static class ClixmlBenchmark
{
    public static Command Command()
    {
        var file = new Option<FileInfo?>("--file") { Description = "An exported CLIXML file; without it, component states of our own making." };
        var seconds = new Option<double>("--seconds") { Description = "Seconds for each of the three parts.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("clixml", "Objects a second read from CLIXML, and bytes allocated for each.") { file, seconds, json };
        command.SetAction(arguments =>
        {
            var bytes = arguments.GetValue(file) is { } given ? File.ReadAllBytes(given.FullName) : ComponentStateFile.Create();
            Measure(bytes, TimeSpan.FromSeconds(arguments.GetValue(seconds))).Print(arguments.GetValue(json));
        });
        return command;
    }

    private static Report Measure(byte[] file, TimeSpan time)
    {
        var values = ClixmlReader.ReadFile(file).Select(item => item.Value).ToArray();
        var bodies = values.Select(value => (byte[])[0xEF, 0xBB, 0xBF, .. ClixmlWriter.Write(value)]).ToArray();
        var buffer = new ArrayBufferWriter<byte>(bodies.Max(body => body.Length));
        var report = new Report("clixml");
        report.Add("file objects", values.Length, "");
        report.Add("file size", file.Length / 1000d, "kB");
        report.Add("body size, mean", bodies.Average(body => body.Length), "bytes");
        Repeat(report, "file", time, values.Length, file.Length, () => ClixmlReader.ReadFile(file));
        Repeat(report, "bodies", time, bodies.Length, bodies.Sum(body => body.Length), () =>
        {
            foreach (var body in bodies)
                ClixmlReader.Read(body);
        });
        Repeat(report, "writer", time, values.Length, bodies.Sum(body => body.Length), () =>
        {
            foreach (var value in values)
            {
                buffer.ResetWrittenCount();
                ClixmlWriter.Write(value, buffer);
            }
        });
        return report;
    }

    // On a machine that others use as well the mean says little: the best slice and the processor time are what the code takes.
    private static void Repeat(Report report, string part, TimeSpan time, int objects, long bytes, Action pass)
    {
        var slice = TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond / 5, time.Ticks));
        RunFor(TimeSpan.FromSeconds(1.5), pass); // Until the optimised code is in place.
        var (passes, allocated, elapsed, best) = (0L, GC.GetAllocatedBytesForCurrentThread(), TimeSpan.Zero, 0d);
        var processor = Environment.CpuUsage.TotalTime;
        while (elapsed < time)
        {
            var (count, took) = RunFor(slice, pass);
            passes += count;
            elapsed += took;
            best = Math.Max(best, count / took.TotalSeconds);
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        report.Add($"{part} objects/s", passes * objects / elapsed.TotalSeconds, "objects/s");
        report.Add($"{part} objects/s, best slice", best * objects, "objects/s");
        report.Add($"{part} objects/s of processor", passes * objects / processor.TotalSeconds, "objects/s");
        report.Add($"{part} MB/s, best slice", best * bytes / 1e6, "MB/s");
        report.Add($"{part} allocated/object", (double)allocated / (passes * objects), "bytes");
    }

    private static (long Passes, TimeSpan Took) RunFor(TimeSpan time, Action pass)
    {
        var passes = 0L;
        var start = Stopwatch.GetTimestamp();
        TimeSpan took;
        do
        {
            pass();
            passes++;
            took = Stopwatch.GetElapsedTime(start);
        }
        while (took < time);
        return (passes, took);
    }
}
