using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Benchmarks;

/// <summary>
/// How fast one endpoint is asked: opening, pipelines one after another and several at a time, objects a second, and the floor, which is
/// the same exchanges made by a bare client that understands nothing. May run any cmdlet; the product cannot.
/// </summary>
internal static class RemotingBenchmark
{
    public static Command Command()
    {
        var endpoint = new Option<string>("--endpoint") { Description = "Address, e.g. http://localhost:5985/wsman", Required = true };
        var configuration = new Option<string>("--configuration") { Description = "Configuration name.", DefaultValueFactory = _ => "Microsoft.Exchange" };
        var auth = new Option<string>("--auth") { Description = "none, basic, negotiate, kerberos, ntlm or certificate.", DefaultValueFactory = _ => "none" };
        var user = new Option<string?>("--user") { Description = "User name; without it the process's own account." };
        var password = new Option<string?>("--password-env") { Description = "Environment variable with the password." };
        var cmdlet = new Option<string>("--cmdlet") { Description = "What to run.", Required = true };
        var parameters = new Option<string[]>("--param") { Description = "Name=Value; a number, true or false is sent as such.", AllowMultipleArgumentsPerToken = true };
        var pipelines = new Option<int>("--pipelines") { Description = "How many in all.", DefaultValueFactory = _ => 200 };
        var concurrency = new Option<int>("--concurrency") { Description = "How many at a time, each in a session of its own.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("remoting", "Opening, latency and objects a second of an endpoint, and the floor below them.")
        {
            endpoint, configuration, auth, user, password, cmdlet, parameters, pipelines, concurrency, json,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            if (!Enum.TryParse<AuthenticationKind>(arguments.GetValue(auth), ignoreCase: true, out var kind))
                throw new ArgumentException($"--auth {arguments.GetValue(auth)} is none of none, basic, negotiate, kerberos, ntlm, certificate.");
            // Off by default in the runtime; whoever names NTLM here has chosen it.
            if (kind == AuthenticationKind.Ntlm)
                AppContext.SetSwitch("System.Net.Security.UseManagedNtlm", isEnabled: true);
            var secret = arguments.GetValue(password) is { } variable
                ? Environment.GetEnvironmentVariable(variable) ?? throw new ArgumentException($"The environment has no variable {variable}.")
                : null;
            var address = new Uri(arguments.GetValue(endpoint)!, UriKind.Absolute);
            var target = new RemotingTarget(
                new HttpEndpoint(address, new Credentials(kind)
                {
                    UserName = arguments.GetValue(user),
                    Password = secret is null ? null : new Secret(secret),
                }),
                new ShellOptions(address.AbsoluteUri, arguments.GetValue(configuration)!),
                new PsCommand(arguments.GetValue(cmdlet)!, [.. (arguments.GetValue(parameters) ?? []).Select(Parameter)]));
            try
            {
                var report = await MeasureAsync(
                    target, Math.Max(1, arguments.GetValue(pipelines)), Math.Max(1, arguments.GetValue(concurrency)), cancellation).ConfigureAwait(false);
                report.Print(arguments.GetValue(json));
                return 0;
            }
            catch (Exception trouble) when (trouble is RemoteException or TransportException or InvalidOperationException)
            {
                await Console.Error.WriteLineAsync(trouble.Message).ConfigureAwait(false);
                return 3;
            }
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(RemotingTarget target, int pipelines, int concurrency, CancellationToken cancellation)
    {
        var report = new Report("remoting");
        var opened = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var session = await target.OpenAsync(recording: null, cancellation).ConfigureAwait(false);
            opened.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await session.InvokeAsync(target.Command, cancellation).ConfigureAwait(false);
        }

        report.Add("open, median", Percentile(opened, 0.5), "ms");
        var (times, objects, elapsed) = await RunAsync(target, pipelines, concurrency, cancellation).ConfigureAwait(false);
        report.Add("pipelines", times.Count, "");
        report.Add("p50", Percentile(times, 0.5), "ms");
        report.Add("p95", Percentile(times, 0.95), "ms");
        report.Add("p99", Percentile(times, 0.99), "ms");
        report.Add("objects", objects, "");
        report.Add("objects/s", objects / elapsed.TotalSeconds, "1/s");
        var floor = await FloorAsync(target, pipelines, cancellation).ConfigureAwait(false);
        report.Add("floor p50", Percentile(floor, 0.5), "ms");
        report.Add("p50 over the floor", Percentile(times, 0.5) - Percentile(floor, 0.5), "ms");
        report.Add("resident", Environment.WorkingSet / 1e6, "MB");
        return report;
    }

    private static async Task<(List<double> Times, long Objects, TimeSpan Elapsed)> RunAsync(
        RemotingTarget target, int pipelines, int concurrency, CancellationToken cancellation)
    {
        var times = new List<double>();
        var (left, objects) = (pipelines, 0L);
        var sessions = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => target.OpenAsync(null, cancellation))).ConfigureAwait(false);
        foreach (var session in sessions)
            await session.InvokeAsync(target.Command, cancellation).ConfigureAwait(false);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(sessions.Select(session => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var begun = Stopwatch.GetTimestamp();
                var outcome = await session.InvokeAsync(target.Command, cancellation).ConfigureAwait(false);
                if (outcome is not InvocationOutcome.Completed)
                    throw new InvalidOperationException($"{target.Command.Name} did not complete: {outcome}");
                Interlocked.Add(ref objects, outcome.Streams.Outputs.Count);
                lock (times)
                    times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }, cancellation))).ConfigureAwait(false);
        var elapsed = Stopwatch.GetElapsedTime(start);
        foreach (var session in sessions)
            await session.DisposeAsync().ConfigureAwait(false);
        return (times, objects, elapsed);
    }

    /// <summary>
    /// One pipeline is recorded, then its envelopes are posted again with ids of their own, as many as there were, and the answers are read
    /// and thrown away. What is left is the server, the line and HTTP.
    /// </summary>
    private static async Task<List<double>> FloorAsync(RemotingTarget target, int pipelines, CancellationToken cancellation)
    {
        var recording = new EnvelopeRecording();
        await using var session = await target.OpenAsync(recording, cancellation).ConfigureAwait(false);
        recording.Begin();
        await session.InvokeAsync(target.Command, cancellation).ConfigureAwait(false);
        var envelopes = recording.End();
        await using var bare = target.Connect();
        var times = new List<double>();
        for (var i = 0; i < pipelines; i++)
        {
            var fresh = EnvelopeRecording.Renew(envelopes);
            var start = Stopwatch.GetTimestamp();
            foreach (var envelope in fresh)
            {
                var reply = await bare.PostAsync(envelope, cancellation).ConfigureAwait(false);
                if (reply.Status != 200)
                    throw new InvalidOperationException($"The server did not take a replayed envelope: {reply.Status}.");
                await foreach (var piece in reply.Body.WithCancellation(cancellation).ConfigureAwait(false))
                    _ = piece.Length;
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static PsParameter Parameter(string text)
    {
        var (name, value) = text.Split('=', 2) is [var left, var right] ? (left, right) : (text, null);
        return new PsParameter(name, value switch
        {
            null => null,
            _ when int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ when bool.TryParse(value, out var flag) => flag,
            _ => value,
        });
    }

    private static double Percentile(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }
}
