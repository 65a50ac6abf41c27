using System.Threading.Channels;
using MailFlowBot.Incidents;

namespace MailFlowBot.Tests.Channels.Teams;

/// <summary>What reached the host's entry points.</summary>
internal sealed class RecordingInbox
{
    private readonly Channel<IncomingMessage> _messages = Channel.CreateUnbounded<IncomingMessage>();
    private readonly Channel<IncomingClick> _clicks = Channel.CreateUnbounded<IncomingClick>();

    public RecordingInbox() => Inbox = new Inbox(
        async (message, cancellationToken) =>
        {
            await _messages.Writer.WriteAsync(message, cancellationToken);
            await OnMessage(message);
        },
        async (click, cancellationToken) =>
        {
            await _clicks.Writer.WriteAsync(click, cancellationToken);
            return await OnClick(click);
        });

    public Inbox Inbox { get; }

    public Func<IncomingMessage, Task> OnMessage { get; set; } = _ => Task.CompletedTask;

    public Func<IncomingClick, Task<ClickAnswer>> OnClick { get; set; } = _ => Task.FromResult(new ClickAnswer("done", null));

    public int MessagesLeft => _messages.Reader.Count;

    public int ClicksLeft => _clicks.Reader.Count;

    public Task<IncomingMessage> NextMessageAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public Task<IncomingClick> NextClickAsync() => _clicks.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
