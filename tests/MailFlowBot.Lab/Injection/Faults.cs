namespace MailFlowBot.Lab.Injection;

/// <summary>All faults that the lab can inject.</summary>
internal static class Faults
{
    public static IReadOnlyList<LabFault> All { get; } =
        [.. ConnectionFaults.All, .. HttpFaults.All, .. WsmanFaults.All, .. EnvelopeFaults.All, .. FragmentFaults.All, .. CommandFaults.All];

    public static LabFault? Named(string name) =>
        All.FirstOrDefault(fault => string.Equals(fault.Name, name, StringComparison.OrdinalIgnoreCase));
}
