using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MailFlowBot.EndToEnd.Tests.CommandLine;

/// <summary>What the program says and returns when something is not as it should be: a process of its own each time.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("mailflowbot-exit-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_taken_port_is_said_in_one_sentence_and_exits_3()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var (exit, said) = await RunAsync(["serve"], ("Http__Public", address));
        Assert.Equal(3, exit);
        Assert.Contains(address, said, StringComparison.Ordinal);
        Assert.Contains("Http:Public", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("chat")]
    [InlineData("transcript list")]
    public async Task A_damaged_log_is_named_left_alone_and_exits_3(string verb)
    {
        var path = Path.Combine(_data.FullName, "incidents.db");
        await File.WriteAllTextAsync(path, "no database");
        var (exit, said) = await RunAsync(verb.Split(' '));
        Assert.Equal(3, exit);
        Assert.Contains(path, said, StringComparison.Ordinal);
        Assert.Equal("no database", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_damaged_key_is_named_left_alone_and_exits_3()
    {
        var path = Path.Combine(_data.FullName, "signing-key.pem");
        await File.WriteAllTextAsync(path, "no key");
        var (exit, said) = await RunAsync(["chat"]);
        Assert.Equal(3, exit);
        Assert.Contains(path, said, StringComparison.Ordinal);
        Assert.Equal("no key", await File.ReadAllTextAsync(path));
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("chat --lang xx")]
    [InlineData("chat --as mallory")]
    [InlineData("chat --script no-such-file")]
    [InlineData("transcript export INC-1 --format pdf")]
    [InlineData("diagnose no-such-file")]
    [InlineData("diagnose --server EX_1")]
    [InlineData("diagnose --server EX99")]
    [InlineData("drill run")]
    [InlineData("drill run mayhem")]
    public async Task Wrong_use_exits_2(string arguments)
    {
        var (exit, said) = await RunAsync(arguments.Split(' '));
        Assert.Equal(2, exit);
        Assert.NotEmpty(said);
    }

    [Fact]
    public async Task Faults_of_the_configuration_are_told_together_and_exit_2()
    {
        var (exit, said) = await RunAsync(["serve"], ("Organization__Mode", "Exchange"), ("Teams__ClientSecret", "hush-hush"));
        Assert.Equal(2, exit);
        Assert.Contains("Organization:Mode", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drill list")]
    [InlineData("drill run healthy")]
    public async Task Drills_are_refused_where_a_real_organisation_is_bound_and_exit_1(string arguments)
    {
        var (exit, said) = await RunAsync(arguments.Split(' '), ("Organization__Mode", "Remote"));
        Assert.Equal(1, exit);
        Assert.Contains("only on the simulated organisation", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drill run healthy")]
    [InlineData("drill list --json")]
    [InlineData("diagnose --server EX01")]
    public async Task Nothing_wrong_exits_0_and_leaves_the_installation_alone(string arguments)
    {
        var (exit, said) = await RunAsync(arguments.Split(' '));
        Assert.True(exit == 0, said);
        Assert.Empty(_data.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_near_miss_of_a_drill_is_answered_with_the_drill()
    {
        var (exit, said) = await RunAsync(["drill", "run", "transport-inactiv"]);
        Assert.Equal(2, exit);
        Assert.Contains("Did you mean transport-inactive?", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_exits_1_and_leaves_the_installation_alone()
    {
        var (exit, said) = await RunAsync(["diagnose", "--server", "EX03"]);
        Assert.Equal(1, exit);
        Assert.Contains("Set-ServerComponentState -Identity EX03", said, StringComparison.Ordinal);
        Assert.Contains("SIMULATION / 訓練", said, StringComparison.Ordinal);
        Assert.Empty(_data.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task An_organisation_that_cannot_be_reached_is_no_healthy_one_and_exits_3()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        var (exit, said) = await RunAsync(
            ["diagnose", "--server", "EX01", "--json"],
            ("Organization__Mode", "Remote"), ("Organization__Servers__0", "EX01"), ("Organization__Exchange__Authentication", "None"),
            ("Organization__Exchange__Endpoint", $"http://127.0.0.1:{port}/{{server}}/PowerShell/"));
        Assert.Equal(3, exit);
        Assert.Contains("\"class\":\"not_seen\"", said, StringComparison.Ordinal);
        Assert.Contains("says nothing about health", said, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Said)> RunAsync(string[] arguments, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "mailflowbot.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["MAILFLOWBOT__Storage__Folder"] = _data.FullName;
        foreach (var (key, value) in settings)
            start.Environment["MAILFLOWBOT__" + key] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, string.Concat(said));
    }
}
