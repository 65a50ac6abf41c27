using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>No envelope is larger than the other side takes, and none is sent half empty.</summary>
public sealed class EnvelopeSizeTests
{
    private static readonly byte[] Payload = [1, 2, 3, 4];

    private readonly ServerAtRest _server = new(new ShellServerOptions());
    private readonly CommandId _command = new(Guid.NewGuid());

    [Theory]
    [InlineData(2000)]
    [InlineData(4096)]
    [InlineData(153600)]
    public void Answers_stay_within_the_envelope_size_of_the_client(int size)
    {
        var client = Opened(size);
        var shell = client.Shell!.Id;
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        _server.Enqueue(shell, null, content.AsMemory(0, 70_000));
        _server.Enqueue(shell, null, content.AsMemory(70_000));

        var got = new List<byte>();
        while (got.Count < content.Length)
        {
            var request = client.Receive(null);
            var answer = _server.Poll(Assert.IsType<ShellStep.Polling>(_server.Receive(request.Envelope)).Ticket)!;
            Assert.True(answer.Envelope.Length <= size, $"{answer.Envelope.Length} bytes");
            got.AddRange(Assert.IsType<WsmanResponse.Received>(client.Accept(request, answer.Envelope)).Blocks.SelectMany(block => block.Content.ToArray()));
        }

        Assert.Equal(content, got);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(2001)]
    [InlineData(2002)]
    [InlineData(2003)]
    [InlineData(153600)]
    [InlineData(512000)]
    public void Requests_stay_within_the_envelope_size_when_they_carry_what_fits(int size)
    {
        var unopened = Client(size).PayloadPerRequest();
        var client = Opened(size);
        var payload = new byte[client.PayloadPerRequest()];

        // The command's skeleton is the longer one: it leaves less than the next group of four, and not one byte more fits.
        var command = client.Command(_command, payload).Envelope.Length;
        Assert.InRange(command, size - 3, size);
        Assert.True(client.Command(_command, new byte[payload.Length + 1]).Envelope.Length > size);
        Assert.InRange(client.Send("stdin", _command, payload).Envelope.Length, command - 300, size);
        Assert.Equal(payload.Length, unopened);
    }

    [Theory]
    [InlineData(2001)]
    [InlineData(153600)]
    public void A_send_filled_to_its_own_measure_fits_and_one_byte_more_does_not(int size)
    {
        var client = Opened(size);
        var payload = EnvelopeBudget.Payload(size, client.Send("stdin", _command, default).Envelope.Length);

        Assert.InRange(client.Send("stdin", _command, new byte[payload]).Envelope.Length, size - 3, size);
        Assert.True(client.Send("stdin", _command, new byte[payload + 1]).Envelope.Length > size);
    }

    [Fact]
    public void An_envelope_size_without_room_is_refused_in_words()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Client(600).PayloadPerRequest());

        Assert.Contains("600", refused.Message, StringComparison.Ordinal);
    }

    private ShellClient Opened(int size)
    {
        var client = Client(size);
        var create = client.Create(Guid.NewGuid(), Payload);
        client.Accept(create, Assert.IsType<ShellStep.ShellRequested>(_server.Receive(create.Envelope)).Answer.Envelope);
        return client;
    }

    private static ShellClient Client(int size) =>
        new(new ShellOptions("http://ex01.contoso.example/PowerShell/", MaxEnvelopeSize: size), Guid.NewGuid);
}
