namespace MailFlowBot.Remote.Catalogue;

/// <summary>Why a change is not offered, or not carried out.</summary>
public enum ChangeRefusal
{
    /// <summary>The server is in maintenance, or in a window that the documented procedure itself produces.</summary>
    Maintenance,

    /// <summary>Setup or an update runs, was interrupted, or waits for a restart of the machine.</summary>
    InterruptedUpdate,

    /// <summary>Managed availability holds the component: a reset would hide the fault or be overwritten.</summary>
    ManagedAvailability,

    /// <summary>Sidelined, Deployment or an unknown requester: never lifted by a machine.</summary>
    RequesterNotAllowed,

    /// <summary>The state is already what the change would make it.</summary>
    NothingToDo,

    /// <summary>Something the rule needs could not be read.</summary>
    NotSeen,

    /// <summary>The service is not one that may be started or restarted, or is Disabled.</summary>
    ServiceNotAllowed,

    /// <summary>Another transport server of the DAG or site is out already.</summary>
    Budget,

    /// <summary>The same was done on this server a short while ago.</summary>
    Repeated,

    /// <summary>The agent's policy does not list the operation, server, requester, service or hour.</summary>
    OutsidePolicy,

    /// <summary>More changes than the policy allows within an hour.</summary>
    RateExceeded,

    /// <summary>Changes are frozen.</summary>
    Frozen,

    /// <summary>Transport lacks a resource that a restart does not give back.</summary>
    BackPressure,

    /// <summary>The queue database is damaged or was moved aside.</summary>
    QueueDatabaseDamaged,

    /// <summary>The service ends again and again: a restart is not what it lacks.</summary>
    CrashLoop,

    /// <summary>Another process holds a port that the service needs.</summary>
    PortConflict,

    /// <summary>Managed availability is restarting something of it, or did so just now.</summary>
    RecoveryUnderWay,

    /// <summary>The inverse of something that the agent's journal does not show executed.</summary>
    NotExecuted,
}

/// <summary>What a guard does to a plan.</summary>
public enum GuardEffect { Passes, RaisesToB, Refuses }

/// <summary>A guard with the value it observed. <see cref="Refusal"/> is set exactly when it refuses.</summary>
/// <param name="Guard">Stable id, such as <c>maintenance</c>.</param>
/// <param name="Reading">The observed value, short; may quote names from an endpoint.</param>
public sealed record GuardReading(string Guard, string Reading, GuardEffect Effect, ChangeRefusal? Refusal = null)
{
    internal static GuardReading Pass(string guard, string reading) => new(guard, reading, GuardEffect.Passes);

    internal static GuardReading Raise(string guard, string reading) => new(guard, reading, GuardEffect.RaisesToB);

    internal static GuardReading Refuse(string guard, string reading, ChangeRefusal refusal) =>
        new(guard, reading, GuardEffect.Refuses, refusal);
}

/// <summary>The guards of one or several changes, and what follows from them together: the worst step decides (AISVS 9.2.10).</summary>
public sealed record Judgement(ChangeClass Class, ChangeRefusal? Refusal, IReadOnlyList<GuardReading> Guards)
{
    public static Judgement Of(ChangeClass atLeast, IReadOnlyList<GuardReading> guards)
    {
        var raised = guards.Any(guard => guard.Effect == GuardEffect.RaisesToB) && atLeast < ChangeClass.B ? ChangeClass.B : atLeast;
        var refusal = guards.FirstOrDefault(guard => guard.Effect == GuardEffect.Refuses)?.Refusal;
        return new Judgement(refusal is null ? raised : ChangeClass.H, refusal, guards);
    }

    /// <summary>Several steps under one approval: all guards, the worst class, the first refusal.</summary>
    public static Judgement OfPlan(IEnumerable<ChangeOperation> steps, Readings readings, DateTimeOffset now)
    {
        var judged = steps.Select(step => step.Judge(readings, now)).ToList();
        var worst = judged.Count == 0 ? ChangeClass.H : judged.Max(judgement => judgement.Class);
        return new Judgement(
            worst,
            judged.Select(judgement => judgement.Refusal).FirstOrDefault(refusal => refusal is not null),
            [.. judged.SelectMany(judgement => judgement.Guards).Distinct()]);
    }
}
