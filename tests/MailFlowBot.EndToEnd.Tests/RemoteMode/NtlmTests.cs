namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary>
/// NTLM over plain http, every body encrypted. The runtime's managed implementation is switched on for a whole process, so these run in
/// processes of their own.
/// </summary>
public sealed class NtlmTests : IAsyncLifetime
{
    private LabProcess _lab = null!;

    public async Task InitializeAsync() => _lab = await LabProcess.StartAsync("--auth", "ntlm");

    public Task DisposeAsync() => _lab.DisposeAsync().AsTask();

    [Fact]
    public async Task Identify_and_invoke_work_and_a_wrong_password_is_tried_once()
    {
        using var installation = new Installation(_lab);
        var lab = installation.Environment;
        var endpoint = lab["MAILFLOWBOT__Organization__Exchange__Endpoint"].Replace("{server}", "EX03", StringComparison.Ordinal);
        string[] account = ["--endpoint", endpoint, "--auth", "ntlm", "--user", lab["MAILFLOWBOT__Organization__Exchange__User"], "--password-env", "LAB_PASSWORD"];
        Assert.StartsWith("http://", endpoint, StringComparison.Ordinal);

        var read = await installation.RunAsync(["remote", "invoke", .. account, "ReadComponentStates", "Server=EX03", "--json"]);
        lab["LAB_PASSWORD"] = "not the password";
        var refused = await installation.RunAsync(["remote", "invoke", .. account, "ReadComponentStates", "Server=EX03", "--json"]);

        Assert.True(read.Exit == 0, read.Errors);
        Assert.StartsWith("{\"operation\":\"component-states\",\"server\":\"EX03\"", read.Output, StringComparison.Ordinal);
        Assert.Equal(1, refused.Exit);
        Assert.DoesNotContain("not the password", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await _lab.StatusAsync())["wrongPasswords"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_bot_reads_with_it_on_the_settings_that_the_lab_prints()
    {
        using var installation = new Installation(_lab);
        var chat = await installation.RunAsync("chat", "--script", installation.Script("check EX03"));

        Assert.True(chat.Exit == 0, chat.Errors);
        Assert.Contains("HubTransport", chat.Output, StringComparison.Ordinal);
        Assert.Contains("Inactive", chat.Output, StringComparison.Ordinal);
    }
}
