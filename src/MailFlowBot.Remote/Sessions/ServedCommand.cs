using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>A pipeline that a client started. Not thread-safe but for <see cref="Stopped"/>.</summary>
internal sealed class ServedCommand : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool _ended;

    public ServedCommand(PipelineServer machine)
    {
        Machine = machine;
        Stopped = _stop.Token;
    }

    public PipelineServer Machine { get; }

    /// <summary>Fires when the client stops the pipeline, closes it or deletes the shell.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Set when nobody listens any more: output is dropped.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The task is over when everybody has been told.</summary>
    public Task StopAsync() => _ended ? Task.CompletedTask : _stop.CancelAsync();

    public Task CloseAsync()
    {
        IsClosed = true;
        return StopAsync();
    }

    public void Dispose()
    {
        _ended = true;
        _stop.Dispose();
    }
}
