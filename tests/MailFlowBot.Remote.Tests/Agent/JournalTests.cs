using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Tests.Approvals;

namespace MailFlowBot.Remote.Tests.Agent;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailflowbot-journal").FullName;

    private string File => Path.Combine(_folder, "agent.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_spent_nonce_stays_spent_after_a_restart()
    {
        ExecutionPlan plan;
        using (var stage = new Stage(Journal.Open(File)))
        {
            plan = await stage.PlanAsync();
            await stage.RunAsync(plan);
        }

        using var reopened = Journal.Open(File);

        Assert.True(reopened.State.Plans[plan.Nonce].Spent);
        Assert.Equal(PlanEnding.Held, reopened.State.Plans[plan.Nonce].Ending);
        Assert.Equal([Stage.Reset, Stage.Restart], reopened.State.Changes.Select(change => change.Change));
        Assert.All(reopened.State.Changes, change => Assert.Equal(StepEnding.Completed, change.Ending));
    }

    [Fact]
    public async Task A_plan_from_before_a_restart_is_refused_after_it()
    {
        using var before = new Stage(Journal.Open(File));
        var plan = await before.PlanAsync();
        before.Journal.Dispose();

        using var after = new Stage(Journal.Open(File), after: before);

        Assert.Equal(GrantRefusal.WrongEpoch, Assert.IsType<GrantRefused>(Assert.Single(await after.RunAsync(plan))).Code);
    }

    [Fact]
    public async Task What_was_begun_is_on_the_disk_before_it_is_sent()
    {
        using var stage = new Stage(Journal.Open(File));
        var plan = await stage.PlanAsync();
        var written = new List<string>();
        stage.Exchange.OnSend = _ =>
        {
            using var reader = new StreamReader(new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            written.Add(reader.ReadToEnd());
            return null;
        };

        await stage.RunAsync(plan);

        Assert.Contains($"\"entry\":\"PlanBegun\",\"grant\":{{\"decisions\":[{{\"decision\":", written[0], StringComparison.Ordinal);
        Assert.EndsWith("}\n", written[0], StringComparison.Ordinal);
        Assert.Contains("\"entry\":\"StepIntended\",\"index\":0", written[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\"index\":1", written[0], StringComparison.Ordinal);
        Assert.Contains("\"entry\":\"StepIntended\",\"index\":1", written[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_names_the_policy_and_the_transcript_head_stands_in_the_grant()
    {
        using (var stage = new Stage(Journal.Open(File)))
        {
            var plan = await stage.PlanAsync();
            await stage.RunAsync(plan, ApprovalGrant.Sign(
                plan.Digest, stage.Grant(plan).Decisions, ChainHead.Of("event"u8), Plans.Now, stage.Signer));
            Assert.All(Lines(), line => Assert.Contains(stage.Policy.Hash.Value, line, StringComparison.Ordinal));
        }

        Assert.Single(Lines(), line => line.Contains(ChainHead.Of("event"u8).Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crash_before_the_first_step_is_told_and_nothing_is_sent()
    {
        var begun = await CutAfter("PlanBegun");
        using var stage = begun.Stage;

        Assert.Equal([begun.Plan.Digest], stage.Agent.Status.Unfinished);
        var reports = await stage.Agent.ResolveUnfinishedAsync(CancellationToken.None);

        Assert.IsType<Aborted>(Assert.Single(reports));
        Assert.Empty(stage.Agent.Status.Unfinished);
        Assert.Empty(stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_crash_after_the_last_step_was_sent_is_read_back()
    {
        var begun = await CutAfter("\"entry\":\"StepIntended\",\"index\":1");
        using var stage = begun.Stage;
        stage.Exchange.CarryOut(Stage.Reset);

        var reports = await stage.Agent.ResolveUnfinishedAsync(CancellationToken.None);

        Assert.Equal(1, Assert.IsType<OutcomeUnknown>(reports[0]).Index);
        Assert.IsType<PlanVerified>(reports[^1]);
        Assert.All(reports, report => Assert.True(report.IsSignedBy(stage.AgentKey)));
        Assert.Empty(stage.Exchange.Sent);
        Assert.Empty(await stage.Agent.ResolveUnfinishedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_crash_between_two_steps_leaves_the_second_to_a_new_plan()
    {
        var begun = await CutAfter("\"entry\":\"StepEnded\",\"index\":0");
        using var stage = begun.Stage;
        stage.Exchange.CarryOut(Stage.Reset);

        var reports = await stage.Agent.ResolveUnfinishedAsync(CancellationToken.None);

        Assert.Contains("1 of 2 steps took effect", Assert.IsType<Aborted>(reports[^1]).Detail, StringComparison.Ordinal);
        Assert.Empty(stage.Exchange.Sent);
    }

    [Fact]
    public async Task A_crash_while_sending_what_never_arrived_had_no_effect()
    {
        var begun = await CutAfter("\"entry\":\"StepIntended\",\"index\":0");
        using var stage = begun.Stage;

        var reports = await stage.Agent.ResolveUnfinishedAsync(CancellationToken.None);

        Assert.IsType<PlanHadNoEffect>(reports[^1]);
        Assert.Equal(ChangeRefusal.Repeated, Assert.IsType<RegistrationRefused>(await stage.ProposeAsync(Stage.Reset)).Code);
    }

    [Fact]
    public async Task A_line_that_was_not_written_whole_is_named_and_nothing_is_begun_anew()
    {
        await FillAsync();
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        await System.IO.File.WriteAllBytesAsync(File, bytes[..^10]);

        var damaged = Assert.Throws<JournalDamagedException>(() => Journal.Open(File));

        Assert.Equal(File, damaged.Journal);
        Assert.Equal(Lines().Length, damaged.Line);
        Assert.Contains("it has no end", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(bytes.Length - 10, new FileInfo(File).Length);
    }

    [Fact]
    public async Task A_removed_or_moved_line_is_named()
    {
        await FillAsync();
        var lines = Lines();
        await System.IO.File.WriteAllLinesAsync(File, [lines[0], .. lines[2..]]);
        Assert.Equal(2, Assert.Throws<JournalDamagedException>(() => Journal.Open(File)).Line);
        await System.IO.File.WriteAllLinesAsync(File, [lines[0], lines[2], lines[1], .. lines[3..]]);
        Assert.Equal(2, Assert.Throws<JournalDamagedException>(() => Journal.Open(File)).Line);
    }

    [Fact]
    public async Task A_line_that_was_rewritten_with_a_hash_of_its_own_breaks_the_chain()
    {
        await FillAsync();
        var lines = Lines();
        var second = JournalLine.FromBytes(Encoding.UTF8.GetBytes(lines[1]));
        lines[1] = Encoding.UTF8.GetString((second with { At = second.At.AddMinutes(1) }).ToBytes());
        await System.IO.File.WriteAllLinesAsync(File, lines);

        var damaged = Assert.Throws<JournalDamagedException>(() => Journal.Open(File));

        Assert.Equal(3, damaged.Line);
        Assert.Contains("does not continue", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_changed_byte_is_found()
    {
        await FillAsync();
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (at, value) =>
        {
            var changed = bytes.ToArray();
            var index = (int)((uint)at * 2654435761u % (uint)changed.Length);
            if (changed[index] == value)
                return true;
            changed[index] = value;
            using var stream = new MemoryStream(changed);
            try
            {
                JournalReplay.Read(stream, "journal");
                return false;
            }
            catch (JournalDamagedException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Any_bytes_are_a_journal_or_a_clear_fault() => Prop.ForAll<byte[]>(bytes =>
    {
        using var stream = new MemoryStream(bytes);
        try
        {
            return JournalReplay.Read(stream, "journal").Lines == 0 && bytes.Length == 0;
        }
        catch (JournalDamagedException)
        {
            return true;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_line_without_end_is_refused_before_the_memory_is_full()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(new string(' ', 1_000_000)));
        var damaged = Assert.Throws<JournalDamagedException>(() => JournalReplay.Read(stream, "journal"));
        Assert.Contains("longer than", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_agent_cannot_open_the_same_file()
    {
        using var first = Journal.Open(File);
        Assert.Throws<IOException>(() => Journal.Open(File));
    }

    [Fact]
    public void A_new_journal_is_for_its_owner_only()
    {
        using var journal = Journal.Open(File);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_allows_no_change()
    {
        using var stage = new Stage(Journal.Open(File));
        var plan = await stage.PlanAsync();
        stage.Journal.Dispose();

        Assert.Contains("is closed", Assert.IsType<Aborted>(Assert.Single(await stage.RunAsync(plan))).Detail, StringComparison.Ordinal);
        Assert.Empty(stage.Exchange.Sent);
    }

    [Fact]
    public async Task What_could_not_be_read_back_is_not_written()
    {
        using (var stage = new Stage(Journal.Open(File)))
        {
            var plan = await stage.PlanAsync();
            var wordy = SignedDecision.Sign(
                Plans.Decide(plan, SimulatedPolicy.Bob) with { Reason = new string('x', 5000) }, stage.Signer);

            var reports = await stage.RunAsync(plan, Plans.Grant(plan, stage.Signer, [wordy]));

            Assert.Contains("reason", Assert.IsType<Aborted>(Assert.Single(reports)).Detail, StringComparison.Ordinal);
            Assert.Empty(stage.Exchange.Sent);
            Assert.IsType<PlanHeld>((await stage.RunAsync(plan))[^1]);
        }

        using var reopened = Journal.Open(File);
        Assert.Equal(2, reopened.State.Changes.Count);
    }

    [Fact]
    public async Task Refused_grants_are_written_down_but_do_not_fill_the_disk()
    {
        using var stage = new Stage(Journal.Open(File));
        var plan = await stage.PlanAsync();
        for (var i = 0; i < 60; i++)
            await stage.RunAsync(plan, Plans.Grant(plan, stage.Signer, SimulatedPolicy.Alice));

        Assert.Equal(new AgentLimits().RecordedRefusals, Lines().Count(line => line.Contains("RequesterApproves", StringComparison.Ordinal)));
        var unknown = plan with { Nonce = Nonce.New() };
        await stage.RunAsync(unknown);
        Assert.DoesNotContain(Lines(), line => line.Contains(unknown.Digest.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_of_entry_survives_the_journey()
    {
        var digest = Plans.Reset.Digest;
        using var key = ApprovalKey.Create();
        var grant = Plans.Grant(Plans.Reset, key, SimulatedPolicy.Bob);
        JournalEntry[] entries =
        [
            new AgentStarted(Plans.Reset.Agent, Plans.Reset.Epoch),
            new PlanRegistered(Plans.Reset),
            new GrantRejected(digest, GrantRefusal.Expired, "late"),
            new PlanBegun(Plans.Reset.Nonce, grant),
            new StepIntended(digest, 0, Stage.Reset, null, Plans.Reset.Preconditions),
            new StepIntended(digest, 1, Stage.Restart, Stage.Reset, []),
            new StepEnded(digest, 0, StepEnding.Unknown, new string('x', 9000) + "\ud800"),
            new PlanEnded(digest, PlanEnding.Worse, ""),
            new AgentFrozen(FreezeOrigin.Channel, SimulatedPolicy.Alice, "why"),
            new AgentFrozen(FreezeOrigin.Host, null, "why"),
            new FreezeLifted(FreezeOrigin.Channel, Plans.Reset.Nonce, grant),
            new FreezeLifted(FreezeOrigin.Host, null, null),
        ];
        Assert.Equal(
            typeof(JournalEntry).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(JournalEntry))),
            entries.Select(entry => entry.GetType()).Distinct().Count());
        foreach (var entry in entries)
        {
            var line = new JournalLine(1, Plans.Now, PolicyHash.Of("p"u8), ChainHead.Start, entry);
            Assert.Equal(line.ToBytes(), JournalLine.FromBytes(line.ToBytes()).ToBytes());
        }
    }

    private string[] Lines()
    {
        using var reader = new StreamReader(new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task FillAsync()
    {
        using var stage = new Stage(Journal.Open(File));
        await stage.RunAsync(await stage.PlanAsync());
    }

    /// <summary>A new agent on the journal of one that stopped right after the first line with the given text.</summary>
    private async Task<(Stage Stage, ExecutionPlan Plan)> CutAfter(string text)
    {
        ExecutionPlan plan;
        using (var stage = new Stage(Journal.Open(File)))
        {
            plan = await stage.PlanAsync();
            await stage.RunAsync(plan);
        }

        var lines = Lines();
        var last = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        await System.IO.File.WriteAllTextAsync(File, string.Concat(lines[..(last + 1)].Select(line => line + "\n")));
        return (new Stage(Journal.Open(File)), plan);
    }
}
