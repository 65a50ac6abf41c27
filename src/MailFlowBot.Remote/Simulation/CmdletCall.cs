using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Simulation;

/// <summary>A command that came in, with its parameters bound.</summary>
/// <param name="at">The server whose endpoint was called.</param>
internal sealed class CmdletCall(ServedPipeline pipeline, SimulatedOrganization organization, ServerName at, CancellationToken stopped)
{
    public ServerName At => at;

    public string Cmdlet => pipeline.Command.Name;

    public SimulatedOrganization Organization => organization;

    public DateTimeOffset Now => organization.Time.GetUtcNow();

    public bool Has(string parameter) =>
        pipeline.Command.Parameters.Any(given => string.Equals(given.Name, parameter, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text of a parameter; null when absent or not text.</summary>
    public string? Text(string parameter) => PsObject.Unwrap(pipeline.Command[parameter]) switch
    {
        string text => text,
        PsObject { Text: { } text } => text,
        _ => null,
    };

    /// <summary>A switch: given without a value, or with a true one.</summary>
    public bool Switch(string parameter) => Has(parameter) && PsObject.Unwrap(pipeline.Command[parameter]) is null or true;

    /// <summary>-Confirm:$false was given, so that the cmdlet does not ask.</summary>
    public bool NeedNotConfirm => Has("Confirm") && PsObject.Unwrap(pipeline.Command["Confirm"]) is false;

    public void Output(object? value) => pipeline.Output(value);

    public void Error(ErrorRecord error) => pipeline.Error(error);

    public void Warning(string text) => pipeline.Warning(text);

    /// <summary>Waits until an instant of virtual time.</summary>
    public async Task WaitUntilAsync(DateTimeOffset instant)
    {
        var left = instant - Now;
        if (left > TimeSpan.Zero)
            await Task.Delay(left, organization.Time, stopped).ConfigureAwait(false);
    }
}
