using MailFlowBot.Lab;
using MailFlowBot.Lab.Http;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Sessions;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>
/// Every fault that the lab can make, over real sockets: it ends in an outcome or a typed error in time, a change runs at most once, and
/// nothing is left on the server.
/// </summary>
public sealed class LabFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Shells that the fault itself gave to somebody else are not ours to delete.
    private static readonly string[] LeavesShell = ["stream-taken"];

    private static readonly LabAction[] Phases =
        [LabAction.Create, LabAction.PoolReceive, LabAction.Command, LabAction.CommandReceive, LabAction.Terminate, LabAction.Delete];

    // Certificates and handshakes are the transport's business, and tested there.
    public static TheoryData<string> Names =>
        [.. Faults.All.Where(fault => fault is not LabFault.OfCertificate && fault.Aim != LabAction.Handshake).Select(fault => fault.Name)];

    public static TheoryData<string, string> Everywhere
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var fault in new[] { "drop-after-reading", "drop-before-answering", "drop-inside-answer", "silence", "html-error", "unavailable" })
            {
                foreach (var phase in Phases)
                    data.Add(fault, phase.ToString());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task Each_fault_ends_in_a_typed_error_or_a_recovery(string fault) => StrikeAsync(new FaultInjection(fault));

    [Theory]
    [MemberData(nameof(Everywhere))]
    public Task Faults_of_the_line_may_strike_in_every_phase(string fault, string phase) =>
        StrikeAsync(new FaultInjection(fault, Enum.Parse<LabAction>(phase)));

    private static async Task StrikeAsync(FaultInjection injection)
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { HttpsPort = null });
        var run = new LabRun(lab);
        lab.Faults.Arm(injection);
        var pool = run.Pool();
        InvocationOutcome? outcome = null;
        RemoteException? thrown = null;
        try
        {
            outcome = await pool.InvokeOnceAsync(LabRun.Ex01, LabRun.Change, default).WaitAsync(Patience);
        }
        catch (RemoteException e)
        {
            thrown = e;
        }

        Assert.InRange(run.Ran, 0, 1);
        Assert.True(outcome is not InvocationOutcome.Completed || run.Ran == 1, $"{injection}: said to have run, and did not.");
        Assert.True(
            outcome is not InvocationOutcome.Lost { Delivery: Delivery.NotSent } || run.Ran == 0, $"{injection}: said not to be sent, and ran.");
        Assert.True(thrown is null || run.Ran == 0, $"{injection}: {thrown?.Message}, and ran.");
        Assert.True(lab.Faults.StruckCount(injection.Fault) > 0 || injection.Action == LabAction.Delete, $"{injection} did not strike.");
        lab.Faults.Lift();
        if (thrown is not (AccessRefused or EndpointUnavailable))
        {
            var after = await pool.InvokeReadAsync(LabRun.Ex01, LabRun.Change, default).WaitAsync(Patience);
            Assert.True(after is InvocationOutcome.Completed { Streams.Outputs.Count: 3 }, $"{injection}, afterwards: {after}");
        }

        await pool.DisposeAsync().AsTask().WaitAsync(Patience);
        if (!LeavesShell.Contains(injection.Fault))
            await run.LeavesNothingAsync();
    }
}
