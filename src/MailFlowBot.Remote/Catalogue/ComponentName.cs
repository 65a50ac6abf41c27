namespace MailFlowBot.Remote.Catalogue;

/// <summary>A server component as Get-ServerComponentState names it (Exchange 2013 and later). Compared without case.</summary>
public readonly record struct ComponentName(string Value)
{
    public static readonly ComponentName HubTransport = new("HubTransport");
    public static readonly ComponentName FrontendTransport = new("FrontendTransport");
    public static readonly ComponentName EdgeTransport = new("EdgeTransport");
    public static readonly ComponentName ServerWideOffline = new("ServerWideOffline");
    public static readonly ComponentName Monitoring = new("Monitoring");
    public static readonly ComponentName RecoveryActionsEnabled = new("RecoveryActionsEnabled");
    public static readonly ComponentName MailboxDeliveryProxy = new("MailboxDeliveryProxy");

    /// <summary>Inactive on every healthy on-premises server, so never a deviation.</summary>
    public bool IsInactiveByDesign => Value.Equals("ForwardSyncDaemon", StringComparison.OrdinalIgnoreCase)
        || Value.Equals("ProvisioningRps", StringComparison.OrdinalIgnoreCase);

    /// <summary>A client access proxy: together they show whether a server was taken out as a whole.</summary>
    public bool IsProxy => Value.EndsWith("Proxy", StringComparison.OrdinalIgnoreCase);

    public bool Equals(ComponentName other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value ?? "");

    public override string ToString() => Value;
}
