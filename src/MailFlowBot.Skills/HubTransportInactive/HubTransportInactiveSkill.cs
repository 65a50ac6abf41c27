using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>
/// KB 2866822: all services run, but HubTransport (or the whole server) is Inactive, so mail stays in Outbox and Drafts and SMTP
/// answers
/// 4.3.2. Also tells what looks the same and must not be fixed: maintenance and interrupted updates.
/// </summary>
internal sealed class HubTransportInactiveSkill : ISkill
{
    public string Finds => FindingClass.ComponentInactive;

    public ReadOperation? Glance(ExchangeServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.HasComponentStates ? new ReadComponentStates(server.Name) : null;
    }

    public bool Deviates(ServerName server, Readings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        return readings.Components(server) is { } states && ComponentPicture.Of(states).Disturbed;
    }

    public IEnumerable<ReadOperation> Needs(ServerName server, Readings readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        if (readings.Inventory?.Find(server) is not { HasComponentStates: true })
            return [];

        // Asked in one go and not only when a component turns out Inactive: a second round trip costs more than a read too many.
        var evidence = MaintenanceEvidence.Reads(server)
            .Concat(UpdateEvidence.Reads(server))
            .Concat(Peers.Reads(server, readings));
        return evidence.Concat(InactivePlan.Needs(server, readings)).Where(read => !readings.Has(read));
    }

    public Verdict? Examine(ExaminedServer examined)
    {
        ArgumentNullException.ThrowIfNull(examined);
        if (examined.Readings.Inventory?.Find(examined.Server) is not { HasComponentStates: true })
            return null;

        var picture = examined.Readings.Components(examined.Server) is { } states ? ComponentPicture.Of(states) : null;
        if (picture is not null && (picture.Disturbed || picture.Others.Count > 0) && examined.Maintenance.InMaintenance)
            return MaintenanceVerdict.Of(examined, picture);
        if (UpdateVerdict.Applies(examined, picture))
            return UpdateVerdict.Of(examined, picture);
        return picture is null ? null
            : picture.Disturbed ? InactiveVerdict.Of(examined, picture)
            : NotFollowedVerdict.Applies(examined) ? NotFollowedVerdict.Of(examined, picture)
            : picture.Others.Count > 0 ? OtherComponentVerdict.Of(examined, picture)
            : null;
    }
}
