using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Lab.Endpoints;

/// <summary>What all endpoints of a lab share.</summary>
/// <param name="Real">The clock of the protocol's own waits, never one that jumps.</param>
/// <param name="Cut">
/// A drill says that the connection dies after a change: all connections to the server are cut and its shells forgotten.
/// </param>
/// <remarks>
/// The organisation's time is <see cref="JumpingTime"/> over the system's clock: system time plus an offset that only grows. It grows by
/// the delay of each cmdlet that takes time (a restart's ten seconds pass at once for everybody) and by what the command <c>advance</c>
/// adds. Between jumps a second is a second, so that a client in another process that reads again after real waits sees queues
/// drain and services come up within seconds, and its own clock stays within a minute or two of the organisation's.
/// </remarks>
internal sealed record LabWorld(
    SimulatedOrganization Organization, LabQuotas Quotas, LabCounts Counts, FaultPlan Faults, TimeProvider Real, Action<ServerName> Cut);
