using MailFlowBot.Lab;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>Many calls with faults among them: nothing grows. The faults are drawn with a fixed seed.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class SoakTests
{
    private const int Calls = 2000;
    private const int FaultEvery = 25;

    private static readonly string[] Quick =
    [
        "drop-after-reading", "drop-before-answering", "drop-inside-answer", "truncated-body", "html-error", "unavailable", "malformed-xml",
        "timed-out", "fragment-gap", "clixml-malformed", "cmdlet-crash", "shell-unknown", "host-process-died", "max-commands",
        "wrong-relates-to", "shell-disconnected", "host-call",
    ];

    [Fact]
    public async Task Thousands_of_calls_with_faults_leave_nothing_behind()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { HttpsPort = null });
        var run = new LabRun(lab);
        var random = new Random(20261122);
        await using (var pool = run.Pool())
        {
            await BatchAsync(pool, lab, random, Calls / 4);
            var memory = GC.GetTotalMemory(forceFullCollection: true);
            var (shells, sockets) = (lab.ShellCount, lab.SocketCount);

            await BatchAsync(pool, lab, random, Calls - (Calls / 4));

            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, memory + (16L << 20));
            Assert.InRange(lab.ShellCount, 0, Math.Max(1, shells) + 1);
            Assert.InRange(lab.SocketCount, 0, sockets + 8);
        }

        await run.LeavesNothingAsync();
    }

    private static async Task BatchAsync(SessionPool pool, LabServer lab, Random random, int calls)
    {
        var completed = 0;
        for (var i = 0; i < calls; i++)
        {
            if (i % FaultEvery == 0)
            {
                lab.Faults.Lift();
                lab.Faults.Arm(new FaultInjection(Quick[random.Next(Quick.Length)]));
            }

            try
            {
                var outcome = await pool.InvokeReadAsync(LabRun.Ex01, LabRun.Change, default).WaitAsync(TimeSpan.FromSeconds(60));
                completed += outcome is InvocationOutcome.Completed ? 1 : 0;
            }
            catch (RemoteException)
            {
                // Typed, which is all that is asked of it here.
            }
        }

        Assert.InRange(completed, calls - (2 * calls / FaultEvery) - 2, calls);
    }
}

/// <summary>Memory is that of the whole process, so nothing runs beside.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
