using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Agent;

/// <summary>Reads over remote sessions, and the SMTP probe beside them.</summary>
/// <param name="time">The clock of the organisation: it stamps the answers.</param>
/// <param name="patience">The clock of time-outs, which must be a real one: on time that jumps they would run out at once.</param>
/// <param name="limit">Longest wait for one read, with all its commands.</param>
/// <param name="smtp">Probes the SMTP doors; null where the site configured no probe.</param>
/// <param name="declared">The inventory that the site wrote down, where no server has a remote shell to ask for it; null else.</param>
internal sealed class EndpointReader(
    SessionPool sessions,
    EndpointDirectory endpoints,
    TimeProvider time,
    TimeProvider patience,
    TimeSpan limit,
    SmtpProber? smtp = null,
    Func<InventoryFact?>? declared = null) : IExchangeReader
{
    // An organisation-wide read goes on to the next server when one is down; more than this many down is not one server's trouble.
    private const int MostTries = 3;

    // Where a declared inventory comes from, as people see it.
    private const string Configuration = "configuration";

    public async Task<ReadAnswer> ReadAsync(ReadOperation read, CancellationToken cancellationToken)
    {
        if (read is ReadSmtpProbe probe)
        {
            return smtp is null
                ? Missed(read, NotSeenReason.NoEndpoint, "No SMTP probe is configured.")
                : await smtp.ReadAsync(probe, cancellationToken).ConfigureAwait(false);
        }

        if (read is ReadInventory && declared?.Invoke() is { } inventory)
            return new Seen(read, inventory, new Origin(OriginKind.Endpoint, Configuration), time.GetUtcNow(), TimeSpan.Zero);

        var cmdlet = ReadCmdlet.For(read);
        if (read.Server is { } server)
            return await AskAsync(read, cmdlet, server, cancellationToken).ConfigureAwait(false);

        ReadAnswer answer = Missed(read, NotSeenReason.NoEndpoint, "No endpoint is configured.");
        foreach (var next in endpoints.Servers.Take(MostTries))
        {
            answer = await AskAsync(read, cmdlet, next, cancellationToken).ConfigureAwait(false);
            if (answer is not NotSeen { Reason: NotSeenReason.Unreachable or NotSeenReason.TimedOut })
                break;
        }

        return answer;
    }

    private async Task<ReadAnswer> AskAsync(ReadOperation read, ReadCmdlet cmdlet, ServerName server, CancellationToken cancellation)
    {
        if (endpoints.Find(cmdlet.Endpoint, server) is not { } endpoint)
            return Missed(read, NotSeenReason.NoEndpoint, $"{server} has no {cmdlet.Endpoint} endpoint.");
        var asked = patience.GetTimestamp();
        using var waiting = new CancellationTokenSource(limit, patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellation);
        var outputs = new List<IReadOnlyList<object?>?>();
        foreach (var command in cmdlet.Commands)
        {
            var (given, missed) = await InvokeAsync(endpoint, command, either.Token, cancellation).ConfigureAwait(false);
            if (missed is { } why && !(cmdlet.MayFail(command) && why.Reason is NotSeenReason.MissingRight or NotSeenReason.Failed))
                return Missed(read, why.Reason, why.Detail);
            outputs.Add(given);
        }

        return cmdlet.Answer(new Outputs([.. outputs])) switch
        {
            CmdletAnswer.Found found => new Seen(
                read,
                found.Fact,
                new Origin(OriginKind.Endpoint, found.AnsweredBy ?? server.Value),
                time.GetUtcNow(),
                patience.GetElapsedTime(asked)),
            CmdletAnswer.Nothing nothing => Missed(read, nothing.Reason, nothing.Detail),
            var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
        };
    }

    private async Task<(IReadOnlyList<object?>? Given, (NotSeenReason Reason, string Detail)? Missed)> InvokeAsync(
        EndpointName endpoint, PsCommand command, CancellationToken either, CancellationToken cancellation)
    {
        try
        {
            var outcome = await sessions.InvokeReadAsync(endpoint, command, either).ConfigureAwait(false);
            // Whoever cancelled does not want an answer, whatever became of the command.
            cancellation.ThrowIfCancellationRequested();
            return outcome switch
            {
                // An error beside outputs means that they are not the whole answer.
                InvocationOutcome.Completed { HasErrors: true } partial => (null, Reason(partial.Streams.Errors[0])),
                InvocationOutcome.Completed whole => (whole.Streams.Outputs, null),
                InvocationOutcome.Failed failed => (null, Reason(failed.Error)),
                InvocationOutcome.NotAllowed refused => (null, (NotSeenReason.MissingRight, refused.Reason)),
                InvocationOutcome.Stopped => (null, TimedOut),
                InvocationOutcome.Lost lost => (null, either.IsCancellationRequested ? TimedOut : (NotSeenReason.Unreachable, lost.Reason)),
                _ => throw new InvalidOperationException($"No rule for {outcome.GetType().Name}."),
            };
        }
        catch (AccessRefused e)
        {
            return (null, (NotSeenReason.MissingRight, e.Message));
        }
        catch (RemoteException e)
        {
            return (null, (NotSeenReason.Unreachable, e.Message));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && either.IsCancellationRequested)
        {
            return (null, TimedOut);
        }
    }

    private (NotSeenReason Reason, string Detail) TimedOut =>
        (NotSeenReason.TimedOut, $"No whole answer within {limit.TotalSeconds:0} s.");

    private static (NotSeenReason Reason, string Detail)? Reason(ErrorRecord error) => (ErrorReason.Of(error), ErrorReason.Detail(error));

    private NotSeen Missed(ReadOperation read, NotSeenReason reason, string detail) => new(read, reason, detail, time.GetUtcNow());
}
