using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// A command that a client runs at an <see cref="EndpointServer"/>, and where its answer goes. Output is sent at once; what is
/// written after a stop still counts.
/// </summary>
/// <param name="command">What the client asked for: always a single command, never a script.</param>
/// <param name="machine">Writes the messages.</param>
/// <param name="send">Queues them.</param>
internal sealed class ServedPipeline(PsCommand command, PipelineServer machine, Action<ReadOnlyMemory<byte>> send)
{
    public PsCommand Command { get; } = command;

    /// <summary>
    /// One object of output: anything CLIXML can carry. At remoting's depth of 1: nested objects are to be given as text.
    /// </summary>
    public void Output(object? value) => send(machine.Output(value));

    /// <summary>An error that does not end the command.</summary>
    public void Error(ErrorRecord error) => send(machine.Error(error));

    public void Warning(string text) => send(machine.Warning(text));

    public void Verbose(string text) => send(machine.Verbose(text));

    public void Progress(ProgressRecord record) => send(machine.Progress(record));

    public void Information(InformationRecord record) => send(machine.Information(record));

    /// <summary>Asks the client's host; ours refuses, and a null host is never asked by Exchange.</summary>
    public void CallHost(HostCall call, params object?[] parameters) => send(machine.CallHost(call, parameters));
}
