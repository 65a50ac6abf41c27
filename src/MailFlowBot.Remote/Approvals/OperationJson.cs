using System.Globalization;
using System.Text.Json.Nodes;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// Operations of the catalogue as JSON and back: <c>{"operation","parameters","server","version"}</c>. Nothing else can be spelled: an
/// unknown id, another version or a further parameter is refused, so a plan cannot carry more than the catalogue allows.
/// </summary>
public static class OperationJson
{
    public static JsonObject Write(ChangeOperation change)
    {
        var parameters = new JsonObject();
        foreach (var (name, value) in change.Parameters)
            parameters[name] = value;
        var json = Head(change, change.Server);
        json["parameters"] = parameters;
        return json;
    }

    public static JsonObject Write(ReadOperation read) => Head(read, read.Server);

    internal static string ChangeId(string text) => text is "start-service" or "restart-service" or "set-component-state"
        ? text
        : throw new FormatException("start-service, restart-service or set-component-state is expected");

    internal static ChangeOperation ReadChange(StrictObject json)
    {
        var server = json.Value("server", text => new ServerName(text));
        var parameters = json.Object("parameters");
        ChangeOperation change = json.Text("operation") switch
        {
            "start-service" => new StartService(server, parameters.Value("service", Service)),
            "restart-service" => new RestartService(server, parameters.Value("service", Service)),
            "set-component-state" => new SetComponentState(
                server,
                new ComponentName(parameters.Value("component", Word)),
                new Requester(parameters.Value("requester", Word)),
                parameters.Choice<ComponentState>("state")),
            var other => throw Unknown(json, other),
        };
        parameters.End();
        return Checked(json, change);
    }

    internal static ReadOperation ReadRead(StrictObject json)
    {
        var id = json.Text("operation");
        if (id == "inventory")
            return Checked(json, new ReadInventory());
        if (id == "send-connectors")
            return Checked(json, new ReadSendConnectors());
        var server = json.Value("server", text => new ServerName(text));
        ReadOperation read = id switch
        {
            "component-states" => new ReadComponentStates(server),
            "service-health" => new ReadServiceHealth(server),
            "services" => new ReadServices(server),
            "queues" => new ReadQueues(server),
            "mailbox-server" => new ReadMailboxServer(server),
            "database-copies" => new ReadDatabaseCopies(server),
            "install-state" => new ReadInstallState(server),
            "cluster-node" => new ReadClusterNode(server),
            "back-pressure" => new ReadBackPressure(server),
            "events" => new ReadEvents(server),
            "disk" => new ReadDisk(server),
            "certificates" => new ReadCertificates(server),
            "receive-connectors" => new ReadReceiveConnectors(server),
            "transport-settings" => new ReadTransportSettings(server),
            "transport-agents" => new ReadTransportAgents(server),
            "health-report" => new ReadHealthReport(server),
            "recovery-actions" => new ReadRecoveryActions(server),
            "smtp-probe-25" => new ReadSmtpProbe(server, SmtpDoor.FrontDoor),
            "smtp-probe-2525" => new ReadSmtpProbe(server, SmtpDoor.Transport),
            var other => throw Unknown(json, other),
        };
        return Checked(json, read);
    }

    private static JsonObject Head(Operation operation, ServerName? server)
    {
        var json = new JsonObject { ["operation"] = operation.Id, ["version"] = operation.Version };
        if (server is { } name)
            json["server"] = name.Value;
        return json;
    }

    private static T Checked<T>(StrictObject json, T operation) where T : Operation
    {
        var version = json.Whole("version", 1, int.MaxValue);
        if (version != operation.Version)
        {
            throw StrictObject.Fault(FormatFault.UnknownVersion, json.Path, string.Create(
                CultureInfo.InvariantCulture, $"{operation.Id} version {version}, this agent has version {operation.Version}"));
        }

        json.End();
        return operation;
    }

    private static ApprovalFormatException Unknown(StrictObject json, string id) =>
        StrictObject.Fault(FormatFault.UnknownOperation, json.Path, $"'{(id.Length > 40 ? id[..40] : id)}' is not in the catalogue");

    private static WindowsService Service(string text) => new(Word(text));

    // Names of components, requesters and services are plain words in every Exchange version.
    internal static string Word(string text) => text.Length is > 0 and <= 100 && text.All(char.IsAsciiLetterOrDigit)
        ? text
        : throw new FormatException("a name of ASCII letters and digits is expected");
}
