using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace MailFlowBot.EndToEnd.Tests.Playground;

/// <summary>The program as a user starts it: a process of its own, <c>serve</c>, a free port, an empty data folder.</summary>
internal sealed partial class BotProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private BotProcess(Process process, DirectoryInfo data)
    {
        _process = process;
        _data = data;
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<BotProcess> ServeAsync()
    {
        var data = Directory.CreateTempSubdirectory("mailflowbot-e2e-");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "mailflowbot.dll"), "serve" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["MAILFLOWBOT__Http__Public"] = $"http://127.0.0.1:{FreePort()}",
                ["MAILFLOWBOT__Storage__Folder"] = data.FullName,
            },
        };
        var said = new ConcurrentQueue<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Hear(object sender, DataReceivedEventArgs line)
        {
            said.Enqueue(line.Data ?? "");
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
                address.TrySetResult(new Uri(match.Value));
        }

        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Exited += (_, _) => address.TrySetException(
            new InvalidOperationException($"The bot ended with {process.ExitCode} and printed: {string.Join('\n', said)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var bot = new BotProcess(process, data);
        try
        {
            bot.Address = await address.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return bot;
        }
        catch
        {
            await bot.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    // The program prints the address it was given, so it is given a whole one.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*", RegexOptions.None, 1000)]
    private static partial Regex Listening();
}
