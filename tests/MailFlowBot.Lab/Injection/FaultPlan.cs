using System.Diagnostics.CodeAnalysis;
using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Lab.Injection;

/// <summary>The faults that are armed. Thread-safe.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<ArmedFault> _armed = [];

    public FaultPlan(IEnumerable<FaultInjection> injections)
    {
        foreach (var injection in injections)
            Arm(injection);
    }

    /// <summary>What is armed or spent, and how often each has struck.</summary>
    public IReadOnlyList<(FaultInjection Injection, int Struck)> Standing
    {
        get
        {
            lock (_gate)
                return [.. _armed.Select(armed => (armed.Injection, armed.Struck))];
        }
    }

    /// <summary>How often a fault has struck, over all its injections.</summary>
    public int StruckCount(string fault)
    {
        lock (_gate)
            return _armed.Where(armed => armed.Injection.Fault == fault).Sum(armed => armed.Struck);
    }

    /// <exception cref="ArgumentException">There is no fault of that name.</exception>
    public void Arm(FaultInjection injection)
    {
        var fault = Faults.Named(injection.Fault)
            ?? throw new ArgumentException($"There is no fault '{injection.Fault}'.", nameof(injection));
        lock (_gate)
            _armed.Add(new ArmedFault(injection, fault));
    }

    /// <summary>Takes back all injections of a fault; all faults when null.</summary>
    public void Lift(string? fault = null)
    {
        lock (_gate)
            _armed.RemoveAll(armed => fault is null || armed.Injection.Fault == fault);
    }

    /// <summary>The fault of a kind that is due for a request, struck at once; null when none is.</summary>
    public T? Due<T>(LabAction action)
        where T : LabFault => TryStrike<T, T>(action, fault => fault, out var due) ? due : null;

    /// <summary>The first fault of a kind that is due and fits: only what fits counts as struck.</summary>
    public bool TryStrike<T, TResult>(LabAction action, Func<T, TResult?> fit, [MaybeNullWhen(false)] out TResult result)
        where T : LabFault
        where TResult : class
    {
        lock (_gate)
        {
            foreach (var armed in _armed.Where(armed => armed.Fault is T && armed.Sees(action)).ToList())
            {
                if (fit((T)armed.Fault) is not { } fitting)
                    continue;
                armed.Strike();
                result = fitting;
                return true;
            }
        }

        result = null;
        return false;
    }

    /// <summary>What a fault makes of a command instead of running it; null to run it.</summary>
    public PipelineResult? OfCommand(ServedPipeline pipeline) => Due<LabFault.OfCommand>(LabAction.Command)?.Act(pipeline);
}
