using System.Net.Sockets;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Smtp;

namespace MailFlowBot.Remote.Agent;

/// <summary>Knocks at the SMTP doors of the organisation's servers, from where the agent runs. No command goes to an endpoint.</summary>
/// <param name="servers">The servers that may be asked; others never are.</param>
/// <param name="connect">Opens a connection; null when it was refused.</param>
/// <param name="client">The name it says EHLO with.</param>
/// <param name="time">The clock of the organisation: it stamps the answers.</param>
/// <param name="patience">The clock of the time-out, which must be a real one.</param>
internal sealed class SmtpProber(
    IReadOnlyList<ServerName> servers,
    Func<ServerName, SmtpDoor, CancellationToken, Task<Stream?>> connect,
    DomainName client,
    TimeProvider time,
    TimeProvider patience)
{
    /// <summary>Longest wait for the whole conversation. Exchange holds an answer back for 5 s at most after a refusal (tarpit).</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public async Task<ReadAnswer> ReadAsync(ReadSmtpProbe read, CancellationToken cancellationToken)
    {
        if (!servers.Contains(read.On))
            return Missed(read, NotSeenReason.UnknownServer, $"{read.On} is not a server of this organisation.");
        var asked = patience.GetTimestamp();
        using var waiting = new CancellationTokenSource(Limit, patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, cancellationToken);
        var probe = new SmtpProbe(client);
        var connected = false;
        try
        {
            var stream = await connect(read.On, read.Door, either.Token).ConfigureAwait(false);
            if (stream is null)
                return Found(read, new SmtpProbeFact(read.On, read.Door, SmtpStage.NotConnected, null, [], null, null, null), asked);
            connected = true;
            await using (stream.ConfigureAwait(false))
                await ConverseAsync(probe, stream, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && waiting.IsCancellationRequested)
        {
            if (probe.Reading.Progress != SmtpProgress.Mailed)
            {
                return Missed(read, NotSeenReason.TimedOut, connected
                    ? $"No whole conversation on port {(int)read.Door} within {Limit.TotalSeconds:0} s; it came as far as {probe.Reading.Progress}."
                    : $"No connection to port {(int)read.Door} within {Limit.TotalSeconds:0} s; a firewall may be between.");
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            if (!connected)
                return Missed(read, NotSeenReason.Unreachable, broken.Message);
            // A connection that is torn down is one that ended; what was said before stands.
            probe.End();
        }

        return Answer(read, probe.Reading, asked);
    }

    private static async Task ConverseAsync(SmtpProbe probe, Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        while (!probe.IsFinished)
        {
            var count = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
            if (count == 0)
                probe.End();
            else
                probe.Receive(buffer.AsSpan(0, count));
            if (probe.TakeOutput() is { Length: > 0 } command)
                await stream.WriteAsync(command, cancellation).ConfigureAwait(false);
        }
    }

    private ReadAnswer Answer(ReadSmtpProbe read, SmtpProbeReading seen, long asked)
    {
        if (seen.Fault is { } fault)
            return Missed(read, NotSeenReason.Unreadable, $"What answers on port {(int)read.Door} does not speak SMTP ({fault}).");
        // A load balancer or a wrong address: another server of ours tells nothing about this one.
        if (seen.Host is { } host && ServerName.TryParse(host.Split('.')[0], out var answered) && answered != read.On && servers.Contains(answered))
            return Missed(read, NotSeenReason.WrongServer, host);
        var stage = seen.Progress switch
        {
            SmtpProgress.Mailed => SmtpStage.Mailed,
            SmtpProgress.Greeted => SmtpStage.Greeted,
            _ => SmtpStage.Connected,
        };
        return Found(
            read, new SmtpProbeFact(read.On, read.Door, stage, seen.Banner, seen.Capabilities, seen.Code, seen.Enhanced, seen.Said), asked);
    }

    private Seen Found(ReadSmtpProbe read, SmtpProbeFact fact, long asked) => new(
        read, fact, new Origin(OriginKind.Endpoint, read.On.Value), time.GetUtcNow(), patience.GetElapsedTime(asked));

    private NotSeen Missed(ReadSmtpProbe read, NotSeenReason reason, string detail) => new(read, reason, detail, time.GetUtcNow());
}
