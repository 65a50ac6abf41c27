using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary>A data folder with its key and the environment of a bot that is bound to a lab.</summary>
internal sealed class Installation : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailflowbot-remote-");

    public Installation(LabProcess lab)
    {
        foreach (var (name, value) in lab.Environment)
            Environment[name] = value;
        Set("Storage:Folder", _folder.FullName);
        foreach (var (number, name) in new[] { "alice", "bob", "carol" }.Index())
            Set($"Access:Readers:{number}", name);
    }

    public Dictionary<string, string> Environment { get; } = [];

    public void Set(string key, string value) => Environment["MAILFLOWBOT__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;

    /// <summary>Bob and carol may approve, and waits are short: the policy says that this is a laboratory.</summary>
    public void MakeLaboratory()
    {
        using var key = ApprovalKey.Create();
        key.Save(Path.Combine(_folder.FullName, "signing-key.pem"));
        var servers = Enumerable.Range(1, 3).Select(number => new ServerName($"EX0{number}"));
        var policy = SimulatedPolicy.For(new OrganizationId("lab"), servers, key.Id) with { Lab = true };
        var path = Path.Combine(_folder.FullName, "policy.json");
        File.WriteAllText(path, policy.ToJson().ToJsonString());
        Set("Agent:Policy", path);
        Set("Approvals:Approvers:0", "bob");
        Set("Approvals:Approvers:1", "carol");
        Set("Lab:HeldAfterSeconds", "1");
        Set("Lab:VerifyEverySeconds", "1");
    }

    /// <summary>A site without the restricted Windows endpoint.</summary>
    public void WithoutWindows()
    {
        foreach (var name in Environment.Keys.Where(name => name.StartsWith("MAILFLOWBOT__Organization__Windows__", StringComparison.Ordinal)).ToList())
            Environment.Remove(name);
    }

    /// <summary>Runs a verb to its end.</summary>
    public async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Programs.Start(arguments, Environment);
        process.StandardInput.Close();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync();
        return (process.ExitCode, said[0], said[1]);
    }

    /// <summary>The events of an incident, from its exported transcript.</summary>
    public async Task<IReadOnlyList<JsonNode>> EventsAsync(string incident)
    {
        var (_, output, errors) = await RunAsync("transcript", "export", incident, "--format", "json");
        Assert.True(output.Length > 0, errors);
        return [.. JsonNode.Parse(output)!["events"]!.AsArray().Select(recorded => recorded!["event"]!)];
    }

    public string Script(params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, "script.txt");
        File.WriteAllLines(path, lines);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
