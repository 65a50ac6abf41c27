using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Tests;

/// <summary>
/// An old organisation written down as facts: HUB07 (Exchange 2007) beside OLD03 (Exchange 2003). No server has a PowerShell endpoint, and
/// HUB07 a Windows endpoint only when told.
/// </summary>
internal sealed class LegacyOrganization
{
    public static readonly ServerName Hub07 = new("HUB07");
    public static readonly ServerName Old03 = new("OLD03");
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 40, 0, TimeSpan.Zero);

    public const string Banner2003 = "old03.corp.example Microsoft ESMTP MAIL Service, Version: 6.0.3790.4675 ready at  Sun, 22 Nov 2026 02:39:58 +0000";

    public static readonly string[] WindowsVerbs =
        ["TURN", "SIZE", "ETRN", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "8bitmime", "BINARYMIME", "CHUNKING", "VRFY"];

    public static readonly string[] ExchangeVerbs =
        ["X-EXPS GSSAPI NTLM LOGIN", "X-EXPS=LOGIN", "AUTH GSSAPI NTLM LOGIN", "AUTH=LOGIN", "X-LINK2STATE", "XEXCH50"];

    private readonly List<ExchangeServer> _servers =
    [
        new(Hub07, "Version 8.3 (Build 83.6)", ["HubTransport", "ClientAccess", "Mailbox"], "HQ", null),
        new(Old03, "Version 6.5 (Build 7638.2: Service Pack 2)", ["None"], "HQ", null),
    ];

    private readonly Dictionary<ReadOperation, Func<ReadOperation, ReadAnswer>> _special = [];
    private bool _windows;

    public List<ReadOperation> Asked { get; } = [];

    public IReadOnlyList<ServerName> Names => [.. _servers.Select(server => server.Name)];

    public LegacyOrganization Server(ServerName name, string version)
    {
        _servers.RemoveAll(server => server.Name == name);
        _servers.Add(new ExchangeServer(name, version, ["None"], "HQ", null));
        return this;
    }

    public LegacyOrganization Without(ServerName name)
    {
        _servers.RemoveAll(server => server.Name == name);
        return this;
    }

    /// <summary>A restricted Windows endpoint on HUB07.</summary>
    public LegacyOrganization WithWindowsEndpoint()
    {
        _windows = true;
        return this;
    }

    public LegacyOrganization Answers(ReadOperation read, Func<ReadOperation, ReadAnswer> answer)
    {
        _special[read] = answer;
        return this;
    }

    public LegacyOrganization Offers(ServerName server, string? banner, params string[] verbs) => Answers(
        new ReadSmtpProbe(server, SmtpDoor.FrontDoor),
        read => Seen(read, new SmtpProbeFact(server, SmtpDoor.FrontDoor, SmtpStage.Mailed, banner, verbs, 250, "2.1.0", "OK")));

    public LegacyOrganization Logged(string source, int id) => Answers(
        new ReadEvents(Hub07),
        read => Seen(read, new EventsFact(
            Hub07, Now - TimeSpan.FromHours(1), [new EventReading("Application", source, id, Now - TimeSpan.FromMinutes(9), "text")], Cut: false)));

    public LegacyOrganization Transport(ServiceStatus status, ServiceStartType start = ServiceStartType.Automatic) => Answers(
        new ReadServices(Hub07),
        read => Seen(read, new ServicesFact(Hub07, [new ServiceReading(WindowsService.Transport, status, start)])));

    public ReadAnswer Answer(ReadOperation read)
    {
        Asked.Add(read);
        if (_special.TryGetValue(read, out var special))
            return special(read);
        Fact? fact = read switch
        {
            ReadInventory => new InventoryFact(_servers),
            ReadSmtpProbe probe when Generation(probe.On) is ExchangeGeneration.Exchange2003 or ExchangeGeneration.Exchange2000 => new SmtpProbeFact(
                probe.On, probe.Door, SmtpStage.Mailed, Banner2003, [.. WindowsVerbs, .. ExchangeVerbs], 250, "2.1.0", "OK"),
            ReadServices services when _windows && services.On == Hub07 => new ServicesFact(
                Hub07, [new ServiceReading(WindowsService.Transport, ServiceStatus.Running, ServiceStartType.Automatic)]),
            ReadEvents events when _windows && events.On == Hub07 => new EventsFact(Hub07, Now - TimeSpan.FromHours(1), [], Cut: false),
            ReadDisk disk when _windows && disk.On == Hub07 => new DiskFact(Hub07, [new VolumeReading(@"C:\", 60L << 30, 100L << 30, ["queue", "log"])]),
            ReadInstallState install when _windows && install.On == Hub07 => new InstallStateFact(Hub07, false, false, false, null),
            _ => null,
        };
        return fact is null ? new NotSeen(read, NotSeenReason.NoEndpoint, "", Now) : Seen(read, fact);
    }

    public static Seen Seen(ReadOperation read, Fact fact, OriginKind kind = OriginKind.Endpoint) =>
        new(read, fact, new Origin(kind, $"{read.Server?.Value ?? "HUB07"}.corp.example"), Now, TimeSpan.FromMilliseconds(5));

    public Examination Begin(string text, params ServerName[] servers) => Skillbook.Begin(SymptomReader.Read(text, Names), servers);

    /// <summary>Pumps an examination to its end.</summary>
    public Conclusion Diagnose(string text, params ServerName[] servers)
    {
        var examination = Begin(text, servers);
        for (var round = 0; round < 10 && examination.Needs is { Count: > 0 } needs; round++)
        {
            foreach (var read in needs)
                examination.Accept(Answer(read));
        }

        return examination.Conclude(Now);
    }

    private ExchangeGeneration Generation(ServerName name) =>
        _servers.FirstOrDefault(server => server.Name == name)?.Generation ?? ExchangeGeneration.Unknown;
}
