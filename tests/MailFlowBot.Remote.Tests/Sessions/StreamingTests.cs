using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Tests.Sessions;

public sealed class StreamingTests : IAsyncDisposable
{
    private readonly Endpoint _endpoint = new();
    private readonly FaultyWire _wire;

    public StreamingTests()
    {
        _wire = new FaultyWire(_endpoint.Transport);
        _endpoint.Transport = _wire;
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    [Fact]
    public async Task Outputs_come_one_by_one_and_the_outcome_at_the_end()
    {
        await using var session = await _endpoint.OpenAsync();
        await using var invocation = await session.StreamAsync(Many(300), default);

        var numbers = new List<int>();
        await foreach (var output in invocation.Outputs)
            numbers.Add((int)((PsObject)output!)["Number"]!);

        Assert.Equal(Enumerable.Range(0, 300), numbers);
        Assert.IsType<InvocationOutcome.Completed>(await invocation.Outcome);
        Assert.Equal(0, _endpoint.Server.CommandCount);
    }

    [Fact]
    public async Task A_slow_reader_delays_the_next_receive()
    {
        _endpoint.Shell = _endpoint.Shell with { MaxEnvelopeSize = 16_384 };
        await using var session = await _endpoint.OpenAsync();
        await using var invocation = await session.StreamAsync(Many(500), default);
        await using var outputs = invocation.Outputs.GetAsyncEnumerator();

        Assert.True(await outputs.MoveNextAsync());

        // One answer in hand, one waiting, one that waits for its place: the other hundred were not asked for.
        Assert.False(invocation.Outcome.IsCompleted);
        Assert.InRange(_wire.Posted.Count(FaultyWire.IsCommandReceive), 1, 4);
        var taken = 1;
        while (await outputs.MoveNextAsync())
            taken++;
        Assert.Equal(500, taken);
        Assert.True(_wire.Posted.Count(FaultyWire.IsCommandReceive) > 50);
    }

    [Fact]
    public async Task Reading_no_further_stops_the_command_on_the_server_and_frees_it()
    {
        _endpoint.Shell = _endpoint.Shell with { MaxEnvelopeSize = 16_384 };
        await using var session = await _endpoint.OpenAsync();
        await using var invocation = await session.StreamAsync(new PsCommand("Wait-X"), default);

        await foreach (var output in invocation.Outputs)
        {
            Assert.Equal("got this far", output);
            break;
        }

        Assert.IsType<InvocationOutcome.Stopped>(await invocation.Outcome);
        Assert.Contains(_wire.Posted, FaultyWire.IsStop);
        Assert.Equal(0, _endpoint.Server.CommandCount);
        Assert.IsType<InvocationOutcome.Completed>(await session.InvokeAsync(new PsCommand("Get-X"), default));
    }

    [Fact]
    public async Task Disposing_without_reading_stops_the_command()
    {
        await using var session = await _endpoint.OpenAsync();
        var invocation = await session.StreamAsync(new PsCommand("Wait-X"), default);
        await _endpoint.Waiting;

        await invocation.DisposeAsync();

        Assert.IsType<InvocationOutcome.Stopped>(await invocation.Outcome);
        Assert.Equal(0, _endpoint.Server.CommandCount);
    }

    [Fact]
    public async Task A_caller_that_gives_up_while_outputs_wait_is_told_how_the_command_ended()
    {
        _endpoint.Shell = _endpoint.Shell with { MaxEnvelopeSize = 16_384 };
        await using var session = await _endpoint.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        await using var invocation = await session.StreamAsync(Many(500), cancellation.Token);
        await using var outputs = invocation.Outputs.GetAsyncEnumerator();
        Assert.True(await outputs.MoveNextAsync());

        await cancellation.CancelAsync();

        Assert.True(await invocation.Outcome is InvocationOutcome.Stopped or InvocationOutcome.Completed);
    }

    [Fact]
    public async Task Other_calls_wait_for_the_stream_to_end()
    {
        await using var session = await _endpoint.OpenAsync();
        var invocation = await session.StreamAsync(new PsCommand("Wait-X"), default);
        await _endpoint.Waiting;
        var next = session.InvokeAsync(new PsCommand("Get-X"), default);
        Assert.False(next.IsCompleted);

        await invocation.DisposeAsync();

        Assert.IsType<InvocationOutcome.Completed>(await next);
    }

    private static PsCommand Many(int count) => new("Get-Many", new PsParameter("Count", count));
}
