using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The objects of the Mfb functions: property bags with the server's name on each.</summary>
internal static class WindowsObjects
{
    private static readonly string[] Types = ["System.Management.Automation.PSCustomObject", "System.Object"];

    public static PsObject Service(ServerName server, ServiceReading service) => new()
    {
        TypeNames = ["Selected.System.ServiceProcess.ServiceController", .. Types],
        Extended =
        {
            ["Server"] = server.Value,
            ["Name"] = service.Service.Name,
            // A property bag keeps its enums whole, unlike Exchange's objects. The numbers are those of Windows.
            ["Status"] = PsObject.Enum("System.ServiceProcess.ServiceControllerStatus", service.Status.ToString(), (int)service.Status),
            ["StartType"] = PsObject.Enum(
                "System.ServiceProcess.ServiceStartMode", service.StartType.ToString(), (int)service.StartType + 1),
        },
    };

    public static PsObject InstallState(InstallStateFact fact) => new()
    {
        TypeNames = Types,
        Extended =
        {
            ["Server"] = fact.Server.Value,
            ["SetupRunning"] = fact.SetupRunning,
            ["Watermark"] = fact.Watermark,
            ["RebootPending"] = fact.RebootPending,
            ["SetupBuild"] = fact.SetupBuild,
        },
    };

    public static PsObject ClusterNode(ClusterNodeFact fact) => new()
    {
        TypeNames = Types,
        Extended = { ["Server"] = fact.Server.Value, ["State"] = fact.State.ToString() },
    };

    /// <summary>The object that comes before a list: since when was looked, and whether more was found than follows.</summary>
    public static PsObject Looked(ServerName server, DateTimeOffset since, bool cut) =>
        Bag(server, ("Since", since.UtcDateTime), ("Cut", cut));

    public static PsObject Event(ServerName server, EventReading happened) => Bag(
        server,
        ("Log", happened.Log),
        ("Source", happened.Source),
        ("Id", happened.Id),
        ("At", happened.At.UtcDateTime),
        ("Text", happened.Text));

    public static PsObject Volume(ServerName server, VolumeReading volume) => Bag(
        server,
        ("Path", volume.Path),
        ("FreeBytes", volume.FreeBytes),
        ("TotalBytes", volume.TotalBytes),
        ("Holds", string.Join(", ", volume.Holds)));

    public static PsObject RecoveryAction(ServerName server, RecoveryActionReading action) => Bag(
        server,
        ("Action", action.Action),
        ("Target", action.Target),
        ("At", action.At.UtcDateTime),
        ("Result", action.Result));

    private static PsObject Bag(ServerName server, params (string Name, object? Value)[] properties)
    {
        var bag = new PsObject { TypeNames = Types, Extended = { ["Server"] = server.Value } };
        foreach (var (name, value) in properties)
            bag.Extended[name] = value;
        return bag;
    }
}
