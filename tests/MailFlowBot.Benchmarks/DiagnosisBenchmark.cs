using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Benchmarks;

/// <summary>
/// A diagnosis of many servers at once, beside one of each server alone. Everything but the sockets is real: sessions within the budget
/// of shells, the protocol in both roles, object XML; every envelope and every answer is late by half of the latency.
/// </summary>
internal static class DiagnosisBenchmark
{
    public static Command Command()
    {
        var servers = new Option<int>("--servers") { Description = "Servers of the organisation, 1 to 200.", DefaultValueFactory = _ => 32 };
        var latency = new Option<int>("--latency-ms") { Description = "Time from an envelope to its answer that the line takes.", DefaultValueFactory = _ => 20 };
        var windows = new Option<bool>("--windows") { Description = "Servers have a Windows endpoint as well: twice the sessions.", DefaultValueFactory = _ => true };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("diagnosis", "Many servers at once beside the slowest single one.") { servers, latency, windows, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await MeasureAsync(
                parsed.GetValue(servers), TimeSpan.FromMilliseconds(parsed.GetValue(latency)), parsed.GetValue(windows), cancellation);
            report.Print(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(int count, TimeSpan latency, bool windows, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 200);
        await using var farm = new ServerFarm(count, latency);

        // The first run compiles what all others run.
        await DiagnoseAsync(farm, [farm.Servers[0]], windows, cancellation);
        var alone = new List<TimeSpan>();
        foreach (var server in farm.Servers)
            alone.Add(await DiagnoseAsync(farm, [server], windows, cancellation));
        farm.ResetCounts();
        var all = await DiagnoseAsync(farm, farm.Servers, windows, cancellation);

        var report = new Report("diagnosis");
        report.Add("wall", all.TotalMilliseconds, "ms");
        report.Add("slowest single server", alone.Max().TotalMilliseconds, "ms");
        report.Add("wall / slowest single server", all / alone.Max(), "");
        report.Add("servers", count, "");
        report.Add("median single server", alone.Order().ElementAt(alone.Count / 2).TotalMilliseconds, "ms");
        report.Add("calls", farm.Calls, "");
        report.Add("envelopes", farm.Envelopes, "");
        report.Add("shells at a time, most", farm.MostShells, "");
        report.Add("latency", latency.TotalMilliseconds, "ms");
        return report;
    }

    private static async Task<TimeSpan> DiagnoseAsync(ServerFarm farm, IReadOnlyList<ServerName> servers, bool windows, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        await using var endpoints = farm.Connect(windows);
        var reader = new SharedReads(endpoints.Reader, farm.CountCall);
        await Task.WhenAll(servers.Select(server => ExamineAsync(farm, reader, server, cancellation)));
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>As the bot does it: what the examination needs is read at once, and so on until it needs nothing more.</summary>
    private static async Task ExamineAsync(ServerFarm farm, SharedReads reader, ServerName server, CancellationToken cancellation)
    {
        var reading = SymptomReader.Read($"users on {server} say mail stays in Outbox, telnet gives 412 4.3.2 Service not active", [.. farm.Servers]);
        var examination = Skillbook.Begin(reading, [server]);
        while (examination.Needs is { Count: > 0 } needs)
        {
            foreach (var answer in await Task.WhenAll(needs.Select(read => reader.ReadAsync(read, cancellation))))
                examination.Accept(answer);
        }

        examination.Conclude(TimeProvider.System.GetUtcNow());
    }

    /// <summary>What several examinations of one round need is read once, as within one examination.</summary>
    private sealed class SharedReads(IExchangeReader reader, Action count)
    {
        private readonly ConcurrentDictionary<ReadOperation, Lazy<Task<ReadAnswer>>> _answers = new();

        public Task<ReadAnswer> ReadAsync(ReadOperation read, CancellationToken cancellation) => _answers.GetOrAdd(
            read,
            _ => new Lazy<Task<ReadAnswer>>(() =>
            {
                count();
                return reader.ReadAsync(read, cancellation);
            })).Value;
    }
}
