namespace MailFlowBot.Tests.Architecture;

/// <summary>An interface stands where a part is exchanged in what we ship, never for the sake of a test.</summary>
public sealed class InterfaceTests
{
    /// <summary>Every interface with what implements it and why it is one.</summary>
    public static TheoryData<string, string[], string> Interfaces => new()
    {
        { "MailFlowBot.Incidents.IChannel", ["TeamsChannel", "TerminalChannel", "WebChannel"], "one bot, several places to talk" },
        { "MailFlowBot.Incidents.IIncidentStore", ["SqliteIncidentStore"], "port of the rim: the host must not know SQL; a second store is planned" },
        { "MailFlowBot.Remote.Agent.IExchangeExecutor", ["Backend", "ExecutionAgent"], "the one way to a change; a drill exchanges the agent behind it" },
        { "MailFlowBot.Remote.Agent.IExchangeReader", ["EndpointReader"], "keeps the way to a change out of the hands of the diagnosis" },
        { "MailFlowBot.Remote.Agent.IPlanRegistry", ["Backend", "ExecutionAgent"], "proposing needs no way to execute; a drill exchanges the agent" },
        { "MailFlowBot.Remote.Transport.IWsmanTransport", ["HttpWsmanTransport", "InMemoryTransport", "ReplayTransport", "TracingTransport"], "the codec must not know what carries its bytes" },
        {
            "MailFlowBot.Skills.Diagnosis.ISkill",
            [
                "AntimalwareSkill", "BackPressureSkill", "CertificatesSkill", "ConnectorsSkill",
                "DatabaseUnavailableSkill", "EdgeSyncSkill", "HubTransportInactiveSkill", "LegacyRoutingSkill", "MailFilteringSkill", "MissingSmtpVerbsSkill",
                "NameResolutionSkill", "PeerAuthenticationSkill", "PoisonQueueSkill", "QueueDatabaseSkill",
                "ShadowRedundancySkill", "StoreDiskSkill", "TransportAgentsSkill", "TransportCrashingSkill",
                "TransportStoppedSkill",
            ],
            "one per article"
        },
    };

    [Fact]
    public void There_are_no_interfaces_but_those_with_a_reason() =>
        Assert.Equal(
            Interfaces.Select(row => (string)row[0]),
            House.Types.Where(type => type.IsInterface).Select(type => type.Name.ToString()).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void An_interface_has_the_implementations_it_is_there_for(string name, string[] implementations, string why)
    {
        Assert.NotEmpty(why);
        Assert.Equal(
            implementations,
            House.Types.Where(type => type.Implements.Any(used => used.ToString() == name)).Select(type => type.Name.Name).Order(StringComparer.Ordinal));
    }
}
