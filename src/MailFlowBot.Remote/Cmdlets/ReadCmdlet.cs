using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>A read as the commands it becomes, and how their objects become a fact.</summary>
/// <param name="Commands">Sent one after the other in one session.</param>
internal abstract record ReadCmdlet(EndpointKind Endpoint, IReadOnlyList<PsCommand> Commands)
{
    public static ReadCmdlet For(ReadOperation read) => read switch
    {
        ReadInventory => new InventoryCmdlets(),
        ReadComponentStates on => new ComponentStatesCmdlet(on.On),
        ReadServiceHealth on => new ServiceHealthCmdlet(on.On),
        ReadServices on => new ServicesCmdlet(on.On),
        ReadQueues on => new QueuesCmdlet(on.On),
        ReadMailboxServer on => new MailboxServerCmdlet(on.On),
        ReadDatabaseCopies on => new DatabaseCopiesCmdlet(on.On),
        ReadInstallState on => new InstallStateCmdlet(on.On),
        ReadClusterNode on => new ClusterNodeCmdlet(on.On),
        ReadBackPressure on => new BackPressureCmdlet(on.On),
        ReadEvents on => new EventsCmdlet(on.On),
        ReadDisk on => new DiskCmdlet(on.On),
        ReadRecoveryActions on => new RecoveryActionsCmdlet(on.On),
        ReadHealthReport on => new HealthReportCmdlet(on.On),
        ReadReceiveConnectors on => new ReceiveConnectorsCmdlet(on.On),
        ReadSendConnectors => new SendConnectorsCmdlet(),
        ReadTransportSettings on => new TransportSettingsCmdlets(on.On),
        ReadTransportAgents on => new TransportAgentsCmdlets(on.On),
        ReadCertificates on => new CertificatesCmdlet(on.On),
        _ => throw new ArgumentException($"No command is known for the read '{read.Id}'.", nameof(read)),
    };

    /// <summary>
    /// What the objects say. Whatever they are, the outcome is a fact or a reason; a property that is missing is never taken for a
    /// good value, and objects that name another server than the one asked are not about it.
    /// </summary>
    public abstract CmdletAnswer Answer(Outputs outputs);

    /// <summary>Whether a command may end in errors without spoiling the read; its outputs then count as not given.</summary>
    public virtual bool MayFail(PsCommand command) => false;
}
