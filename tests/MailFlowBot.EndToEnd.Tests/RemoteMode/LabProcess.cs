using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary>The lab as a user starts it: a process of its own that says which environment the bot needs.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private const string Ready = "Commands here";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _control = new();
    private readonly ConcurrentQueue<string> _said = new();

    private LabProcess(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>What the lab prints for the bot to be started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    /// <param name="arguments">Besides ports, certificates and settings, which are taken care of.</param>
    public static async Task<LabProcess> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("mailflowbot-lab-");
        var settings = Path.Combine(folder.FullName, "settings.sh");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "MailFlowBot.Lab.dll"), "--http", "0", "--https", "0",
            "--certificates", Path.Combine(folder.FullName, "certificates"), "--settings", settings, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var lab = new LabProcess(process, folder);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(object sender, DataReceivedEventArgs line)
        {
            lab._said.Enqueue(line.Data ?? "");
            if (line.Data?.StartsWith(Ready, StringComparison.Ordinal) == true)
                ready.TrySetResult();
        }

        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The lab ended and printed: {string.Join('\n', lab._said)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(120));
            lab.Environment = (await File.ReadAllLinesAsync(settings)).Where(line => line.StartsWith("export ", StringComparison.Ordinal))
                .Select(line => line["export ".Length..].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('\''));
            lab._control.BaseAddress = new Uri(lab._said.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .First(words => words is ["HTTP", _])[1]);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>One line to the running lab.</summary>
    public async Task<string> CommandAsync(string line)
    {
        using var content = new StringContent(line, Encoding.UTF8);
        content.Headers.ContentType = new("application/x-lab");
        using var response = await _control.PostAsync(new Uri("/lab", UriKind.Relative), content);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException(answer);
    }

    public async Task<JsonNode> StatusAsync() => JsonNode.Parse(await _control.GetStringAsync(new Uri("/lab", UriKind.Relative)))!;

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        if (!_process.HasExited)
        {
            // The lab ends its own children, such as a KDC, when it is asked to.
            await _process.StandardInput.WriteLineAsync("quit");
            await _process.StandardInput.FlushAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
