using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>Endpoints of the real codec that answer every command in one way, and count what arrived.</summary>
internal sealed class Answering : IAsyncDisposable
{
    private readonly EndpointServer _server;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, Task<WsmanReply>> _post;

    /// <param name="answer">Carries out a command.</param>
    /// <param name="post">Stands between the client and the server; the server alone when left out.</param>
    public Answering(
        Func<ServedPipeline, CancellationToken, Task<PipelineResult>> answer,
        Func<Func<ReadOnlyMemory<byte>, CancellationToken, Task<WsmanReply>>, Func<ReadOnlyMemory<byte>, CancellationToken, Task<WsmanReply>>>? post = null)
    {
        _server = new EndpointServer(new EndpointServerOptions(), (pipeline, stopped) =>
        {
            lock (Commands)
                Commands.Add(pipeline.Command);
            return answer(pipeline, stopped);
        }, TimeProvider.System);
        _post = post is null ? _server.PostAsync : post(_server.PostAsync);
        Sessions = new SessionPool((name, cancellation) =>
        {
            lock (Opened)
                Opened.Add(name);
            return OpenAsync(cancellation);
        });
    }

    public SessionPool Sessions { get; }

    public List<PsCommand> Commands { get; } = [];

    public List<EndpointName> Opened { get; } = [];

    public Task<RemoteSession> OpenAsync(CancellationToken cancellation) => RemoteSession.OpenAsync(
        new InMemoryTransport(_post),
        new RemoteSessionOptions(new ShellOptions("test://endpoint")) { RecoveryWindow = TimeSpan.Zero },
        TimeProvider.System,
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await Sessions.DisposeAsync();
        await _server.DisposeAsync();
    }
}
