using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>
/// Keeps apart what endpoints answered and what people pasted, and turns answers of the wrong server into "not seen".
/// </summary>
internal sealed class Intake
{
    public Readings Readings { get; private set; } = Readings.Empty;

    /// <summary>Facts from people, marked as if an endpoint had told them; for holding plans back only.</summary>
    public Readings Pasted { get; private set; } = Readings.Empty;

    public void Accept(ReadAnswer answer)
    {
        if (answer is Seen { Origin.Kind: OriginKind.Person } pasted)
            Pasted = Pasted.With(pasted with { Origin = pasted.Origin with { Kind = OriginKind.Endpoint } });
        else
            Readings = Readings.With(answer is Seen seen && !FromTheRightServer(seen) ? Foreign(seen) : answer);
    }

    // Remote PowerShell is routed by the front end to some back end; an answer about or from another server is no answer.
    private static bool FromTheRightServer(Seen seen)
    {
        if (seen.Read.Server is not { } server)
            return true;
        var dot = seen.Origin.Name.IndexOf('.', StringComparison.Ordinal);
        var label = dot < 0 ? seen.Origin.Name : seen.Origin.Name[..dot];
        return ServerName.TryParse(label, out var answered) && answered == server
            && (ServerOf(seen.Fact) is not { } about || about == server);
    }

    private static NotSeen Foreign(Seen seen) => new(seen.Read, NotSeenReason.WrongServer, seen.Origin.Name, seen.At);

    private static ServerName? ServerOf(Fact fact) => fact switch
    {
        ComponentStatesFact states => states.Server,
        ServiceHealthFact health => health.Server,
        ServicesFact services => services.Server,
        QueuesFact queues => queues.Server,
        MailboxServerFact mailbox => mailbox.Server,
        DatabaseCopiesFact copies => copies.Server,
        InstallStateFact install => install.Server,
        ClusterNodeFact node => node.Server,
        SmtpProbeFact probe => probe.Server,
        BackPressureFact pressure => pressure.Server,
        EventsFact events => events.Server,
        DiskFact disk => disk.Server,
        CertificatesFact certificates => certificates.Server,
        ReceiveConnectorsFact connectors => connectors.Server,
        TransportSettingsFact settings => settings.Server,
        TransportAgentsFact agents => agents.Server,
        HealthReportFact health => health.Server,
        RecoveryActionsFact actions => actions.Server,
        _ => null,
    };
}
