using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Tests.Sessions;

public sealed class RemoteSessionTests
{
    [Fact]
    public async Task Runs_a_command_and_brings_its_output()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var outcome = await session.InvokeAsync(new PsCommand("Get-X", new PsParameter("Identity", "EX01\\日本語 😀")), default);

        var completed = Assert.IsType<InvocationOutcome.Completed>(outcome);
        Assert.False(completed.HasErrors);
        var output = Assert.IsType<PsObject>(Assert.Single(completed.Streams.Outputs));
        Assert.Equal("EX01\\日本語 😀", output["Identity"]);
        Assert.Equal(7, output["Count"]);
        Assert.Equal(new Version(5, 1, 17763, 1), session.PowerShellVersion);
    }

    [Fact]
    public async Task Brings_errors_and_warnings_of_a_command_that_goes_on()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var outcome = await session.InvokeAsync(new PsCommand("Write-Trouble"), default);

        var completed = Assert.IsType<InvocationOutcome.Completed>(outcome);
        Assert.True(completed.HasErrors);
        Assert.Equal(["before", "after"], completed.Streams.Outputs);
        Assert.Equal(["close to the edge"], completed.Streams.Warnings);
        var error = Assert.Single(completed.Streams.Errors);
        Assert.Equal("no such thing", error.Message);
        Assert.Equal("ABC123,Get-Y", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.Category);
        Assert.Equal("Get-Y", error.Activity);
        Assert.Equal("thing", error.TargetName);
        Assert.True(error.IsException("Contoso.NotFoundException"));
    }

    [Fact]
    public async Task Tells_a_terminating_error_from_the_output_before_it()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var failed = Assert.IsType<InvocationOutcome.Failed>(await session.InvokeAsync(new PsCommand("Stop-Hard"), default));

        Assert.Equal("Boom", failed.Error.FullyQualifiedErrorId);
        Assert.Equal("it is over", failed.Error.Message);
        Assert.Equal([1], failed.Streams.Outputs);
        Assert.Empty(failed.Streams.Errors);
    }

    [Fact]
    public async Task Turns_a_broken_cmdlet_into_a_terminating_error()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var failed = Assert.IsType<InvocationOutcome.Failed>(await session.InvokeAsync(new PsCommand("Throw-It"), default));

        Assert.Equal("the cmdlet broke", failed.Error.Message);
        Assert.True(failed.Error.IsException("System.IO.InvalidDataException"));
    }

    [Fact]
    public async Task Is_refused_a_script_under_NoLanguage()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var failed = Assert.IsType<InvocationOutcome.Failed>(await session.InvokeAsync(new PsCommand("Get-X", [], IsScript: true), default));

        Assert.Equal("ScriptsNotAllowed", failed.Error.FullyQualifiedErrorId);
        Assert.True(failed.Error.IsException("System.Management.Automation.ParseException"));
    }

    [Fact]
    public async Task Is_told_that_a_command_does_not_exist()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var failed = Assert.IsType<InvocationOutcome.Failed>(await session.InvokeAsync(new PsCommand("Remove-Everything"), default));

        Assert.Equal("CommandNotFoundException", failed.Error.FullyQualifiedErrorId);
        Assert.Equal("Remove-Everything", failed.Error.TargetName);
    }

    [Fact]
    public async Task Is_told_that_a_command_is_not_listed()
    {
        await using var endpoint = new Endpoint(new EndpointServerOptions([new CommandMetadata("Get-X", ["Identity"])]));
        await using var session = await endpoint.OpenAsync();

        Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(new PsCommand("get-x"), default));
        var failed = Assert.IsType<InvocationOutcome.Failed>(await session.InvokeAsync(new PsCommand("Set-X"), default));

        Assert.Equal("CommandNotFoundException", failed.Error.FullyQualifiedErrorId);
        Assert.Empty(endpoint.Changes);
    }

    [Fact]
    public async Task Stops_a_command_when_the_caller_gives_up_and_keeps_what_came_before()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();
        using var cancellation = new CancellationTokenSource();

        var running = session.InvokeAsync(new PsCommand("Wait-X"), cancellation.Token);
        await endpoint.Waiting;
        await cancellation.CancelAsync();

        var stopped = Assert.IsType<InvocationOutcome.Stopped>(await running);
        Assert.Equal(["got this far"], stopped.Streams.Outputs);
        Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(new PsCommand("Get-X"), default));
    }

    [Fact]
    public async Task Frees_every_command_and_deletes_the_shell()
    {
        await using var endpoint = new Endpoint();
        await using (var session = await endpoint.OpenAsync())
        {
            for (var i = 0; i < 5; i++)
                await session.InvokeAsync(new PsCommand("Get-X"), default);
            Assert.Equal(0, endpoint.Server.CommandCount);
            Assert.Equal(1, endpoint.Server.ShellCount);
        }

        Assert.Equal(0, endpoint.Server.ShellCount);
    }

    [Fact]
    public async Task Brings_output_that_needs_many_fragments_and_envelopes()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var outcome = await session.InvokeAsync(new PsCommand("Get-Large", new PsParameter("Length", 1_000_000)), default);

        var outputs = Assert.IsType<InvocationOutcome.Completed>(outcome).Streams.Outputs;
        Assert.Equal([new string('a', 1_000_000), new string('b', 1_000_000), new string('c', 1_000_000)], outputs);
    }

    [Fact]
    public async Task Works_with_small_envelopes_in_both_directions()
    {
        await using var endpoint = new Endpoint();
        endpoint.Shell = endpoint.Shell with { MaxEnvelopeSize = 8192 };
        await using var session = await endpoint.OpenAsync();
        var text = string.Concat(Enumerable.Repeat("こんにちは", 10_000));

        var outcome = await session.InvokeAsync(new PsCommand("Get-X", new PsParameter("Identity", text)), default);

        var output = Assert.IsType<PsObject>(Assert.Single(Assert.IsType<InvocationOutcome.Completed>(outcome).Streams.Outputs));
        Assert.Equal(text, output["Identity"]);
    }

    [Fact]
    public async Task Refuses_host_calls_and_ignores_the_other_streams()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var outcome = await session.InvokeAsync(new PsCommand("Write-Host", new PsParameter("Value", 42)), default);

        Assert.Equal([42], Assert.IsType<InvocationOutcome.Completed>(outcome).Streams.Outputs);
    }

    [Fact]
    public async Task Runs_calls_one_at_a_time_in_their_order()
    {
        await using var endpoint = new Endpoint();
        await using var session = await endpoint.OpenAsync();

        var calls = Enumerable.Range(0, 8).Select(i => session.InvokeAsync(new PsCommand("Set-X", new PsParameter("Value", i)), default)).ToList();
        var outcomes = await Task.WhenAll(calls);

        Assert.All(outcomes, outcome => Assert.IsType<InvocationOutcome.Completed>(outcome));
        Assert.Equal(Enumerable.Range(0, 8), endpoint.Changes.Select(change => (int)change["Value"]!));
    }

    [Fact]
    public async Task Learns_which_commands_the_endpoint_allows()
    {
        await using var endpoint = new Endpoint(new EndpointServerOptions(
            [new CommandMetadata("Get-X", ["Identity"]), new CommandMetadata("Get-Large", ["Length"]), new CommandMetadata("Set-X", ["Value"])]));
        await using var session = await endpoint.OpenAsync();

        var outcome = await session.GetCommandMetadataAsync(new GetCommandMetadata(["get-*"]), default);

        var commands = Assert.IsType<InvocationOutcome.Completed>(outcome).Streams.Outputs.Select(CommandMetadata.Read).OfType<CommandMetadata>();
        Assert.Equal(["Get-X Identity", "Get-Large Length"], commands.Select(command => $"{command.Name} {string.Join(' ', command.Parameters)}"));
    }
}
