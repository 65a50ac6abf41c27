using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Benchmarks;

/// <summary>What the remoting benchmark asks, and of whom.</summary>
internal sealed record RemotingTarget(HttpEndpoint Endpoint, ShellOptions Shell, PsCommand Command)
{
    public HttpWsmanTransport Connect() => new(Endpoint);

    public Task<RemoteSession> OpenAsync(EnvelopeRecording? recording, CancellationToken cancellation)
    {
        IWsmanTransport transport = Connect();
        if (recording is not null)
            transport = recording.Around(transport);
        return RemoteSession.OpenAsync(transport, new RemoteSessionOptions(Shell), TimeProvider.System, cancellation);
    }
}
