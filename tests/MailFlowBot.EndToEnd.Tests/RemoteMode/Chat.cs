using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary><c>chat</c> as a person uses it: a line is typed, and the next one when the prompt is back.</summary>
internal sealed class Chat : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly StringBuilder _heard = new();
    private string _speaker = "alice";

    private Chat(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What the program printed before the first prompt.</summary>
    public string Greeting { get; private set; } = "";

    public static async Task<Chat> BeginAsync(Installation installation)
    {
        var chat = new Chat(Programs.Start(["chat"], installation.Environment));
        chat.Greeting = await chat.ListenAsync(chat._speaker + "> ");
        return chat;
    }

    /// <summary>Types a line; what was printed until the prompt came back.</summary>
    public async Task<string> SayAsync(string line)
    {
        if (line.StartsWith("/as ", StringComparison.Ordinal))
            _speaker = line["/as ".Length..];
        await TypeAsync(line);
        return await ListenAsync(_speaker + "> ");
    }

    /// <summary>Types a line and does not wait for the prompt.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Reads on until the text was printed.</summary>
    public async Task<string> ListenAsync(string until)
    {
        var buffer = new char[1024];
        while (true)
        {
            var text = _heard.ToString();
            var at = text.IndexOf(until, StringComparison.Ordinal);
            if (at >= 0)
            {
                _heard.Remove(0, at + until.Length);
                return text[..at];
            }

            var read = await _process.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(Patience);
            Assert.True(read > 0, $"The bot ended. It printed: {text}\n{(read == 0 ? await _errors : "")}");
            _heard.Append(buffer, 0, read);
        }
    }

    /// <summary>The member <c>mailflowbot</c> of the newest card.</summary>
    public async Task<JsonNode> NewestAsync()
    {
        var printed = await SayAsync("/json");
        Assert.Contains('{', printed);
        return JsonNode.Parse(printed[printed.IndexOf('{', StringComparison.Ordinal)..(printed.LastIndexOf('}') + 1)])!["mailflowbot"]!;
    }

    /// <summary>Ends the process without a chance to tidy up, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await TypeAsync("/quit");
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }

        _process.Dispose();
    }
}
