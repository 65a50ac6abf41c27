using System.CommandLine;

namespace MailFlowBot.Benchmarks;

/// <summary>All benchmarks. Each is one class with a static <c>Command()</c>: its options, and an action that measures and prints.</summary>
internal static class BenchmarkList
{
    public static IReadOnlyList<Func<Command>> All { get; } =
    [
        ClixmlBenchmark.Command,
        RemotingBenchmark.Command,
        DiagnosisBenchmark.Command,
        ReadBenchmark.Command,
    ];
}
