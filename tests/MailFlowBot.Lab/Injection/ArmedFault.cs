using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab.Injection;

/// <summary>A fault that waits for its request. Guarded by <see cref="FaultPlan"/>.</summary>
internal sealed class ArmedFault(FaultInjection injection, LabFault fault)
{
    private int _seen;
    private int _struck;

    public FaultInjection Injection => injection;

    public LabFault Fault => fault;

    /// <summary>How often it has struck.</summary>
    public int Struck => _struck;

    public bool IsSpent => _struck >= injection.Times;

    /// <summary>A request comes in; whether the fault is due for it. It may still find that it does not fit.</summary>
    public bool Sees(LabAction action)
    {
        var aim = injection.Action ?? fault.Aim;
        if (aim != LabAction.Any && aim != action)
            return false;
        _seen++;
        return _seen >= injection.Nth && !IsSpent;
    }

    public void Strike() => _struck++;
}
