namespace MailFlowBot.Remote.Catalogue;

/// <summary>
/// The events that are ever read, by log, source and id; the id alone means nothing (7009 is the component state in one log and a start
/// timeout in another). The Windows endpoint keeps the same list.
/// </summary>
public static class WatchedEvents
{
    public const string Transport = "MSExchangeTransport";
    public const string FrontEndTransport = "MSExchangeFrontEndTransport";

    /// <summary>The process that watches over the Transport process (sic, with the blank).</summary>
    public const string TransportProcess = "MSExchange TransportService";

    /// <summary>Transport agents: 1046 stopped transport, 1050 is slow.</summary>
    public const string Extensibility = "MSExchange Extensibility";

    /// <summary>Unhandled exceptions of any Exchange process.</summary>
    public const string Crashes = "MSExchange Common";

    /// <summary>The database engine, of every Exchange database.</summary>
    public const string DatabaseEngine = "ESE";

    public const string ServiceControl = "Service Control Manager";
    public const string ScanEngine = "FIPFS";
    public const string EdgeSync = "MSExchange EdgeSync";
    public const string MailSubmission = "MSExchangeMailSubmission";

    private const string Application = "Application";

    /// <summary>Resource pressure went down. The French documentation of 15004 says so too, and is wrong.</summary>
    public const int PressureFell = 15005;

    /// <summary>Resource pressure: 15001 and 15002 before 2013, 15004 up, 15005 down, 15006 disk, 15007 memory.</summary>
    public static IReadOnlyList<int> Pressure { get; } = [15001, 15002, 15004, PressureFell, 15006, 15007];

    /// <summary>Before 2013: routing found no way to the store of an owning server (RoutingNoOwningServerForMdb).</summary>
    public const int NoRouteToStore = 5006;

    /// <summary>Before 2013: routing found no way to a connector (RoutingNoRouteToConnector).</summary>
    public const int NoRouteToConnector = 5016;

    /// <summary>Port 25 is taken by another process.</summary>
    public static IReadOnlyList<int> PortConflict { get; } = [1018, 1019];

    /// <summary>The queue database is damaged, was moved aside or could not be opened.</summary>
    public static IReadOnlyList<int> QueueDatabaseDamage { get; } = [17003, 17014, 17021, 12028];

    /// <summary>Damaged pages, logs or indexes, as the database engine reports them.</summary>
    public static IReadOnlyList<int> EngineDamage { get; } = [447, 448, 454, 467, 474, 475, 476, 477];

    private static IReadOnlyList<int> ScanEngineFaults { get; } = [1106, 2203, 4010, 5300];

    /// <summary>A service ended by itself.</summary>
    public static IReadOnlyList<int> ServiceExit { get; } = [7031, 7034];

    public static IReadOnlyDictionary<(string Log, string Source), IReadOnlyList<int>> All { get; } =
        new Dictionary<(string Log, string Source), IReadOnlyList<int>>
        {
            [(Application, Transport)] =
            [
                .. Pressure, .. PortConflict, .. QueueDatabaseDamage, 1035, 1036, 1050, 2004, 2018, NoRouteToStore, NoRouteToConnector, 7004, 7009, 7010,
                10001, 10104, 12014, 12015, 14001, 17018,
            ],
            [(Application, FrontEndTransport)] = [.. PortConflict, 1035, 12014, 12015],
            [(Application, TransportProcess)] = [1046],
            [(Application, Extensibility)] = [1046, 1050],
            [(Application, Crashes)] = [4999],
            [(Application, DatabaseEngine)] = EngineDamage,
            [(Application, ScanEngine)] = ScanEngineFaults,
            [(Application, "Microsoft-Filtering-FIPFS")] = ScanEngineFaults,
            [(Application, EdgeSync)] = [1036, 2018, 10104],
            [(Application, MailSubmission)] = [1009],
            [("System", ServiceControl)] = [.. ServiceExit, 7000, 7009],
        };

    public static bool Contains(EventReading happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return All.Any(watched => watched.Key.Log.Equals(happened.Log, StringComparison.OrdinalIgnoreCase)
            && watched.Key.Source.Equals(happened.Source, StringComparison.OrdinalIgnoreCase)
            && watched.Value.Contains(happened.Id));
    }
}
