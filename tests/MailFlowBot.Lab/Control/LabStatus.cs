using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab.Control;

/// <summary>What the lab tells about itself.</summary>
/// <param name="Time">The organisation's time.</param>
/// <param name="Faults">Armed faults and how often each has struck.</param>
internal sealed record LabStatus(
    string Drill,
    DateTimeOffset Time,
    int Shells,
    int Commands,
    int Sockets,
    int SocketsAccepted,
    int WrongPasswords,
    IReadOnlyDictionary<LabAction, int> Requests,
    IReadOnlyDictionary<string, int> Cmdlets,
    IReadOnlyList<string> Changes,
    IReadOnlyDictionary<string, int> Faults);
