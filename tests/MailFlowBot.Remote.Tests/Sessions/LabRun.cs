using System.Diagnostics;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>A pool of real sessions over real sockets to a lab server, with time-outs short enough for tests.</summary>
internal sealed class LabRun(LabServer lab)
{
    public static readonly EndpointName Ex01 = new("EX01");

    /// <summary>Stands for a change: the lab counts how often it ran.</summary>
    public static PsCommand Change { get; } = new("Get-LabObject", new PsParameter("Count", 3));

    public LabServer Lab => lab;

    public int Ran => lab.Counts.Commands.GetValueOrDefault("Get-LabObject");

    public SessionPool Pool(int readAttempts = 3) => new(
        (_, cancellation) => OpenAsync(cancellation),
        new SessionPoolOptions
        {
            Resilience = new ResilienceOptions
            {
                FirstPause = TimeSpan.FromMilliseconds(5),
                ReadAttempts = readAttempts,
                BreakTime = TimeSpan.FromMilliseconds(500),
            },
        });

    /// <summary>Waits until nothing is left; fails when something leaks.</summary>
    public async Task LeavesNothingAsync(bool sockets = true)
    {
        for (var start = Stopwatch.StartNew(); lab.CommandCount > 0 || lab.ShellCount > 0 || (sockets && lab.SocketCount > 0);)
        {
            Assert.True(
                start.Elapsed < TimeSpan.FromSeconds(20),
                $"{lab.ShellCount} shells, {lab.CommandCount} commands and {lab.SocketCount} sockets are left.");
            await Task.Yield();
        }
    }

    private Task<RemoteSession> OpenAsync(CancellationToken cancellation)
    {
        var address = new Uri(lab.Http!, "EX01/PowerShell/");
        var credentials = new Credentials(AuthenticationKind.Basic)
        {
            UserName = LabAccount.OnCall.UserName,
            Password = new Secret(lab.Options.Password),
        };
        var shell = new ShellOptions(address.AbsoluteUri) { OperationTimeout = TimeSpan.FromSeconds(1) };
        var options = new RemoteSessionOptions(shell)
        {
            OpenTimeout = TimeSpan.FromSeconds(8),
            StopTimeout = TimeSpan.FromSeconds(4),
            AnswerMargin = TimeSpan.FromSeconds(2),
            RecoveryWindow = TimeSpan.FromSeconds(4),
        };
        return RemoteSession.OpenAsync(new HttpWsmanTransport(new HttpEndpoint(address, credentials)), options, TimeProvider.System, cancellation);
    }
}
