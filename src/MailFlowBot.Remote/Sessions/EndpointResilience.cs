using MailFlowBot.Remote.Transport;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// How opens and reads of one endpoint are tried again. Changes never pass through here. The number of opens at a time is limited by the
/// account's <see cref="ShellBudget"/>.
/// </summary>
internal sealed class EndpointResilience
{
    // A quota gets free when somebody closes a shell, not within a quarter of a second.
    private static readonly TimeSpan QuotaPause = TimeSpan.FromSeconds(2);

    private readonly EndpointName _endpoint;
    private readonly ResilienceOptions _options;
    private readonly ResiliencePipeline<RemoteSession> _opens;
    private readonly ResiliencePipeline<InvocationOutcome> _reads;
    private RemoteException? _last;

    public EndpointResilience(EndpointName endpoint, SessionPoolOptions pool, TimeProvider time)
    {
        _endpoint = endpoint;
        _options = pool.Resilience;
        var opens = Builder<RemoteSession>("open", time).AddTimeout(new TimeoutStrategyOptions { Timeout = _options.OpenLimit });
        if (_options.OpenAttempts > 1)
        {
            opens.AddRetry(Retry<RemoteSession>(
                _options.OpenAttempts,
                outcome => outcome.Exception is RemoteException { IsTransient: true },
                async args =>
                {
                    if (IsShellQuota(args.Outcome.Exception) && pool.Reap is { } reap)
                        await reap(endpoint, args.Context.CancellationToken).ConfigureAwait(false);
                }));
        }

        _opens = opens.AddCircuitBreaker(new CircuitBreakerStrategyOptions<RemoteSession>
        {
            FailureRatio = 1,
            MinimumThroughput = Math.Max(2, _options.FailuresBeforeBreak),
            SamplingDuration = TimeSpan.FromMinutes(2),
            BreakDuration = _options.BreakTime,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is ConnectionLost or DamagedAnswer or ProtocolViolation),
        }).Build();

        var reads = Builder<InvocationOutcome>("read", time);
        if (_options.ReadAttempts > 1)
        {
            reads.AddRetry(Retry<InvocationOutcome>(
                _options.ReadAttempts,
                outcome => outcome.Result is InvocationOutcome.Lost || outcome.Exception is OperationFailed { IsTransient: true },
                _ => default));
        }

        _reads = reads.Build();
    }

    /// <exception cref="RemoteException">All attempts failed, or none was made.</exception>
    public async Task<RemoteSession> OpenAsync(Func<CancellationToken, Task<RemoteSession>> open, CancellationToken cancellation)
    {
        try
        {
            return await _opens.ExecuteAsync(async token =>
            {
                try
                {
                    return await open(token).ConfigureAwait(false);
                }
                catch (RemoteException e)
                {
                    Volatile.Write(ref _last, e);
                    throw;
                }
            }, cancellation).ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            var last = Volatile.Read(ref _last);
            throw new EndpointUnavailable(
                $"{_endpoint} is left alone for up to {_options.BreakTime.TotalSeconds:0} s after {_options.FailuresBeforeBreak} failures: {last?.Message}",
                e.RetryAfter,
                last);
        }
        catch (TimeoutRejectedException e)
        {
            throw new ConnectionLost(
                Delivery.Unknown, $"No session to {_endpoint} could be opened within {_options.OpenLimit.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>For commands that change nothing.</summary>
    public async Task<InvocationOutcome> ReadAsync(Func<CancellationToken, Task<InvocationOutcome>> read, CancellationToken cancellation) =>
        await _reads.ExecuteAsync(async token => await read(token).ConfigureAwait(false), cancellation).ConfigureAwait(false);

    private ResiliencePipelineBuilder<T> Builder<T>(string what, TimeProvider time) =>
        new() { Name = what, InstanceName = _endpoint.Value, TimeProvider = time, TelemetryListener = new ResilienceTelemetry() };

    private RetryStrategyOptions<T> Retry<T>(int attempts, Func<Outcome<T>, bool> handle, Func<OnRetryArguments<T>, ValueTask> before) => new()
    {
        MaxRetryAttempts = attempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = _options.FirstPause,
        MaxDelay = _options.LongestPause,
        ShouldHandle = args => ValueTask.FromResult(handle(args.Outcome)),
        OnRetry = before,

        // Null: the exponential pause.
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Exception switch
        {
            RemoteException { RetryAfter: { } asked } => asked,
            OperationFailed { Fault.Quota: not (Wsman.WsmanQuota.None or Wsman.WsmanQuota.Commands) } => QuotaPause * (args.AttemptNumber + 1),
            _ => (TimeSpan?)null,
        }),
    };

    private static bool IsShellQuota(Exception? e) => e is OperationFailed
    {
        Fault.Quota: Wsman.WsmanQuota.Shells or Wsman.WsmanQuota.PluginShells,
    };
}
