using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Benchmarks;

/// <summary>
/// <c>read</c>: symptom texts per second on one core, and the slowest of texts that are 64 KiB long and made to be slow.
/// </summary>
internal static class ReadBenchmark
{
    private const int Longest = 64 * 1024;

    // What a pattern could stumble over, repeated to the limit: digits and dots, names, near misses of phrases, marks, many
    // scripts.
    private static readonly string[] Fragments =
    [
        "x", "4.", "421 4.3.2 ", "a-", "EX0 ", "Event ID: 7009 ", "MSExchangeTransport ", "mail outbox ", "\u0301", "\uFDFA", "requester = ", "- - ",
        "メール送信トレイ", "ﾄﾗﾝｽﾎﾟｰﾄ", "HubTransport component state is still ", "2024-01-01T00:00:00.000Z,08D0,SMTP,x,>,y\n", "250-X-EXPS ", "(((((", "\0", "\uD800",
        "get-queue ", "mail.que is corrupt ", "outlook.com.", "EX1 EX2 X10 ", "Identity Component State\n-------- --------- -----\n", "server\\Poison Undefined Ready 14\n",
    ];

    public static Command Command()
    {
        var file = new Option<FileInfo?>("--file") { Description = "JSONL with a member text; texts made here without it." };
        var seconds = new Option<double>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("read", "Reads symptom texts over and over.") { file, seconds, json };
        command.SetAction(parsed => Run(parsed.GetValue(file), parsed.GetValue(seconds), parsed.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo? file, double seconds, bool json)
    {
        var texts = file is null ? Own() : Read(file);
        if (texts.Count == 0)
        {
            Console.Error.WriteLine($"{file} holds no line with a member text.");
            return 2;
        }

        // Twice around for the compiler's second thought; what is measured is a program that runs for days.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 1.5;)
            texts.ForEach(text => SymptomReader.Read(text, []));

        var times = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var all = Stopwatch.StartNew();
        while (all.Elapsed.TotalSeconds < seconds)
        {
            foreach (var text in texts)
            {
                var started = Stopwatch.GetTimestamp();
                SymptomReader.Read(text, []);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        var perSecond = times.Count / all.Elapsed.TotalSeconds;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)times.Count;
        times.Sort();
        var slowest = Fragments.Select(fragment => (fragment, Milliseconds: OfLongest(fragment))).MaxBy(text => text.Milliseconds);
        var report = new Report("read");
        report.Add("texts", texts.Count, "texts");
        report.Add("texts-per-second", perSecond, "texts/s");
        report.Add("median", times[times.Count / 2], "ms");
        report.Add("p99", times[(int)(times.Count * 0.99)], "ms");
        report.Add("allocated", bytes, "bytes/text");
        report.Add("slowest-64-kib", slowest.Milliseconds, "ms");
        report.Print(json);
        if (!json)
            Console.WriteLine($"slowest 64 KiB text: {JsonSerializer.Serialize(slowest.fragment)} repeated");
        return 0;
    }

    // The best of five: the machine's other work is not the reader's time.
    private static double OfLongest(string fragment)
    {
        var text = new StringBuilder(Longest + fragment.Length);
        while (text.Length < Longest)
            text.Append(fragment);
        var whole = text.ToString(0, Longest);
        return Enumerable.Range(0, 5).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            SymptomReader.Read(whole, []);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }).Min();
    }

    private static List<string> Read(FileInfo file)
    {
        var texts = new List<string>();
        foreach (var line in File.ReadLines(file.FullName).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            using var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object && parsed.RootElement.TryGetProperty("text", out var text) && text.GetString() is { } found)
                texts.Add(found);
        }

        return texts;
    }

    private static List<string> Own() =>
    [
        "users on EX03 say mail stays in Outbox, telnet gives 412 4.3.2 Service not active",
        "EX01 の送信トレイにメールが残ったままです。サービスは全部起動しています。",
        "Source: MSExchangeTransport\nEvent ID: 15006\nThe service is rejecting messages because available disk space is below the configured threshold.",
        "Outbound queue in Retry, 451 4.4.0 DNS query failed for every domain since this morning, nslookup on the server works.",
    ];
}
