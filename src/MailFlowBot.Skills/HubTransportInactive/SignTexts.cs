using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>The text id of each sign of maintenance and of an update.</summary>
internal static class SignTexts
{
    public static string Of(MaintenanceSign sign) => sign switch
    {
        MaintenanceSign.PolicyBlocked => "maintenance.policy-blocked",
        MaintenanceSign.MoveNow => "maintenance.move-now",
        MaintenanceSign.ClusterNodePaused => "maintenance.node-paused",
        MaintenanceSign.ServerWideOffline => "maintenance.server-wide-offline",
        MaintenanceSign.MostProxies => "maintenance.most-proxies",
        MaintenanceSign.Draining => "maintenance.draining",
        MaintenanceSign.YoungEntry => "maintenance.young-entry",
        MaintenanceSign.OldEntry => "maintenance.old-entry",
        _ => "maintenance.other",
    };

    public static string Of(UpdateSign sign) => sign switch
    {
        UpdateSign.SetupRunning => "update.setup-running",
        UpdateSign.Watermark => "update.watermark",
        UpdateSign.RebootPending => "update.reboot-pending",
        UpdateSign.ServiceDisabled => "update.service-disabled",
        UpdateSign.BuildMismatch => "update.build-mismatch",
        _ => "update.other",
    };
}
