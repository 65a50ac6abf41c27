using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>The reads of the catalogue by name, for whoever types them. Changes are known by name only to say that they are none.</summary>
public static class ReadCatalogue
{
    private const string Server = "Server";

    private static readonly ReadOperation[] OfTheOrganization = [new ReadInventory(), new ReadSendConnectors()];

    // The SMTP probe is missing: it asks no endpoint.
    private static readonly (string Name, Func<ServerName, ReadOperation>? Of)[] Reads =
    [
        .. OfTheOrganization.Select(read => (read.GetType().Name, (Func<ServerName, ReadOperation>?)null)),
        ("ReadComponentStates", server => new ReadComponentStates(server)),
        ("ReadServiceHealth", server => new ReadServiceHealth(server)),
        ("ReadServices", server => new ReadServices(server)),
        ("ReadQueues", server => new ReadQueues(server)),
        ("ReadMailboxServer", server => new ReadMailboxServer(server)),
        ("ReadDatabaseCopies", server => new ReadDatabaseCopies(server)),
        ("ReadInstallState", server => new ReadInstallState(server)),
        ("ReadClusterNode", server => new ReadClusterNode(server)),
        ("ReadBackPressure", server => new ReadBackPressure(server)),
        ("ReadEvents", server => new ReadEvents(server)),
        ("ReadDisk", server => new ReadDisk(server)),
        ("ReadCertificates", server => new ReadCertificates(server)),
        ("ReadReceiveConnectors", server => new ReadReceiveConnectors(server)),
        ("ReadTransportSettings", server => new ReadTransportSettings(server)),
        ("ReadTransportAgents", server => new ReadTransportAgents(server)),
        ("ReadHealthReport", server => new ReadHealthReport(server)),
        ("ReadRecoveryActions", server => new ReadRecoveryActions(server)),
    ];

    private static readonly string[] Changes =
        ["SetComponentState", "StartService", "RestartService", "set-component-state", "start-service", "restart-service"];

    /// <summary>Every read with its parameters, as it is typed.</summary>
    public static IReadOnlyList<string> Usage => [.. Reads.Select(read => read.Of is null ? read.Name : $"{read.Name} {Server}=NAME")];

    /// <summary>Understands one read; what is wrong is a value.</summary>
    /// <param name="operation">Name of the record, such as <c>ReadComponentStates</c>, or its id, such as <c>component-states</c>; case does not matter.</param>
    /// <param name="parameters">Each as <c>Name=Value</c>.</param>
    public static ReadRequest Parse(string operation, IReadOnlyList<string> parameters)
    {
        if (Changes.Contains(operation, StringComparer.OrdinalIgnoreCase))
            return new ReadRequest.IsChange(operation);
        if (Reads.FirstOrDefault(read => Names(read, operation)) is not { Name: not null } known)
            return new ReadRequest.Unknown(operation);
        ServerName? server = null;
        foreach (var parameter in parameters)
        {
            var cut = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = cut < 0 ? parameter : parameter[..cut];
            if (cut < 0 || known.Of is null || !name.Equals(Server, StringComparison.OrdinalIgnoreCase))
                return new ReadRequest.WrongParameter(name, known.Of is null ? $"{known.Name} takes no parameters." : $"{known.Name} takes {Server}=NAME alone.");
            if (server is not null)
                return new ReadRequest.WrongParameter(name, $"{Server} is given twice.");
            if (!ServerName.TryParse(parameter[(cut + 1)..], out var parsed))
                return new ReadRequest.WrongParameter(name, "A server's short name has 1 to 63 letters, digits or hyphens.");
            server = parsed;
        }

        return (known.Of, server) switch
        {
            (null, _) => new ReadRequest.Understood(Sample(known)),
            (_, null) => new ReadRequest.WrongParameter(Server, $"{known.Name} needs {Server}=NAME."),
            var (of, on) => new ReadRequest.Understood(of(on.Value)),
        };
    }

    private static bool Names((string Name, Func<ServerName, ReadOperation>? Of) read, string typed) =>
        read.Name.Equals(typed, StringComparison.OrdinalIgnoreCase) || Sample(read).Id.Equals(typed, StringComparison.OrdinalIgnoreCase);

    // The id of a read does not depend on the server.
    private static ReadOperation Sample((string Name, Func<ServerName, ReadOperation>? Of) read) =>
        read.Of?.Invoke(new ServerName("any")) ?? OfTheOrganization.Single(whole => whole.GetType().Name == read.Name);
}
