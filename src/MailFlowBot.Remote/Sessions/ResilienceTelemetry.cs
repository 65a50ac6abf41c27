using Polly.Telemetry;

namespace MailFlowBot.Remote.Sessions;

/// <summary>Counts what the pipelines of <see cref="EndpointResilience"/> do; the instance name of a pipeline is the endpoint's.</summary>
internal sealed class ResilienceTelemetry : TelemetryListener
{
    private const string CircuitPrefix = "OnCircuit";

    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        var (endpoint, name) = (args.Source.PipelineInstanceName ?? string.Empty, args.Event.EventName);
        if (name == "OnRetry")
            RemoteTelemetry.Retried(endpoint, args.Source.PipelineName ?? string.Empty);
        else if (name.StartsWith(CircuitPrefix, StringComparison.Ordinal))
            RemoteTelemetry.BreakerChanged(endpoint, name[CircuitPrefix.Length..]);
    }
}
