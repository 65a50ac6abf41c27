using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>What one SMTP door of a simulated server says at one instant.</summary>
/// <param name="Banner">Greeting, with its code.</param>
/// <param name="Hello">Lines of the EHLO answer, without codes.</param>
/// <param name="Mail">Answer to MAIL FROM, with its code.</param>
internal sealed record DoorAnswers(string Banner, IReadOnlyList<string> Hello, string Mail)
{
    private const string NotActive = "421 4.3.2 Service not active";

    // As Exchange 2016 and later offer them to a client without credentials.
    private static readonly IReadOnlyList<string> Extensions =
    [
        "SIZE 37748736", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS", "X-ANONYMOUSTLS", "AUTH NTLM", "X-EXPS GSSAPI NTLM",
        "8BITMIME", "BINARYMIME", "CHUNKING", "XRDST",
    ];

    /// <summary>The answers of a door; null when nothing listens there.</summary>
    /// <param name="sharing">The servers that the front door may hand mail to besides its own.</param>
    public static DoorAnswers? Of(SimulatedServer server, SmtpDoor door, IEnumerable<SimulatedServer> sharing, DateTimeOffset now) => door switch
    {
        _ when !server.Profile.IsModern => LegacyDoors.Of(server, door, now),
        SmtpDoor.Transport when server.TransportRuns(now) => Of(server, TransportMail(server, now), now),
        SmtpDoor.FrontDoor when server.Services.Status(WindowsService.FrontEndTransport, now) == ServiceStatus.Running =>
            Of(server, FrontDoorMail(server, [server, .. sharing], now), now),
        _ => null,
    };

    private static DoorAnswers Of(SimulatedServer server, string mail, DateTimeOffset now) => new(
        $"220 {server.Profile.Fqdn} Microsoft ESMTP MAIL Service ready at {LegacyDoors.Date(now)}",
        [LegacyDoors.Hello(server), .. Extensions],
        mail);

    // Transport wants its peers authenticated; an anonymous sender learns at least that it is alive.
    private static string TransportMail(SimulatedServer server, DateTimeOffset now) =>
        server.TakesMail(now) ? "530 5.7.1 Client was not authenticated"
        : server.Meters.Refusing && server.Components.State(ComponentName.HubTransport) == ComponentState.Active
            ? "452 4.3.1 Insufficient system resources"
        : server.Components.State(ComponentName.HubTransport) == ComponentState.Draining ? "421 4.3.2 Service not available"
        : NotActive;

    // The front door only passes on: it says no when itself refuses, or when no Transport service behind it takes mail.
    private static string FrontDoorMail(SimulatedServer server, IReadOnlyList<SimulatedServer> behind, DateTimeOffset now) =>
        server.Components.State(ComponentName.FrontendTransport) != ComponentState.Active ? NotActive
        : behind.Any(other => other.TakesMail(now)) ? "250 2.1.0 Sender OK"
        : server.TransportRuns(now) ? TransportMail(server, now)
        : "451 4.7.0 Temporary server error. Please try again later. PRX4";
}
