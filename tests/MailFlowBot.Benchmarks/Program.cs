using System.CommandLine;
using MailFlowBot.Benchmarks;

// One benchmark a run, as a program of its own: dotnet run -c Release --project tests/MailFlowBot.Benchmarks -- NAME [options] --json
var root = new RootCommand("Benchmarks of MailFlowBot; each prints its figures, --json as one JSON object.");
foreach (var benchmark in BenchmarkList.All)
    root.Subcommands.Add(benchmark());
return await root.Parse(args).InvokeAsync();
