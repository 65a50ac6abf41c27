using System.Globalization;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The one SMTP door of servers before 2013: port 25 is the transport itself, and nothing listens on 2525.</summary>
internal static class LegacyDoors
{
    // What the SMTP service of Windows Server 2003 offers by itself.
    private static readonly IReadOnlyList<string> Windows2003 =
    [
        "TURN", "SIZE", "ETRN", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "8bitmime", "BINARYMIME", "CHUNKING", "VRFY",
    ];

    // What Exchange 2003 adds to it (KB 822939).
    private static readonly IReadOnlyList<string> Exchange2003 =
        ["X-EXPS GSSAPI NTLM LOGIN", "X-EXPS=LOGIN", "AUTH GSSAPI NTLM LOGIN", "AUTH=LOGIN", "X-LINK2STATE", "XEXCH50"];

    private static readonly IReadOnlyList<string> Exchange2007 =
    [
        "SIZE", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS", "X-ANONYMOUSTLS", "AUTH NTLM", "X-EXPS GSSAPI NTLM", "8BITMIME",
        "BINARYMIME", "CHUNKING", "XEXCH50",
    ];

    public static DoorAnswers? Of(SimulatedServer server, SmtpDoor door, DateTimeOffset now) =>
        door == SmtpDoor.Transport || !server.TransportRuns(now) ? null
        : server.Profile.Roles.Contains("HubTransport") ? new DoorAnswers(
            $"220 {server.Profile.Fqdn} Microsoft ESMTP MAIL Service ready at {Date(now)}",
            [Hello(server), .. Exchange2007],
            "530 5.7.1 Client was not authenticated")
        : new DoorAnswers(
            $"220 {server.Profile.Fqdn} Microsoft ESMTP MAIL Service, Version: 6.0.3790.4675 ready at  {Date(now)}",
            // Without Exchange the service still logs people on, in its own way.
            [Hello(server), .. Windows2003, .. server.HasSmtpExtensions ? Exchange2003 : ["AUTH GSSAPI NTLM"], "OK"],
            "250 2.1.0 <>....Sender OK");

    internal static string Date(DateTimeOffset now) => now.UtcDateTime.ToString("ddd, d MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    internal static string Hello(SimulatedServer server) => $"{server.Profile.Fqdn} Hello [192.0.2.25]";
}
