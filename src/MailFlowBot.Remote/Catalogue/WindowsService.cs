namespace MailFlowBot.Remote.Catalogue;

/// <summary>A Windows service by its key name. Only the listed ones are ever read, started or restarted.</summary>
public readonly record struct WindowsService(string Name)
{
    public static readonly WindowsService Transport = new("MSExchangeTransport");
    public static readonly WindowsService FrontEndTransport = new("MSExchangeFrontEndTransport");
    public static readonly WindowsService Submission = new("MSExchangeSubmission");
    public static readonly WindowsService Delivery = new("MSExchangeDelivery");
    public static readonly WindowsService TransportLogSearch = new("MSExchangeTransportLogSearch");
    public static readonly WindowsService EdgeSync = new("MSExchangeEdgeSync");
    public static readonly WindowsService Filtering = new("FMS");
    public static readonly WindowsService InformationStore = new("MSExchangeIS");
    public static readonly WindowsService ActiveDirectoryTopology = new("MSExchangeADTopology");

    /// <summary>Services that one or two approvals may start or restart; all others are for people.</summary>
    public static readonly IReadOnlyList<WindowsService> Changeable =
        [Transport, FrontEndTransport, Submission, Delivery, TransportLogSearch, EdgeSync, Filtering];

    /// <summary>Services that are read: the changeable ones and those they depend on.</summary>
    public static readonly IReadOnlyList<WindowsService> Watched = [.. Changeable, InformationStore, ActiveDirectoryTopology];

    /// <summary>The service that must be restarted after the component became Active again (KB 2866822, Resolution, step 2).</summary>
    public static WindowsService? For(ComponentName component) =>
        component == ComponentName.HubTransport ? Transport
        : component == ComponentName.FrontendTransport ? FrontEndTransport
        : null;

    public bool Equals(WindowsService other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name ?? "");

    public override string ToString() => Name;
}
