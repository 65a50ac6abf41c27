using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Simulation;

/// <summary>Carries out the events that change configuration, disks, meters and logs of one server.</summary>
internal static class ConfigurationChange
{
    /// <summary>False: the event is about something else.</summary>
    public static bool Apply(SimulatedEvent happened, SimulatedServer server, DateTimeOffset now)
    {
        var configuration = server.Configuration;
        switch (happened)
        {
            case DiskFilled disk:
                Fill(disk, server, now);
                return true;
            case ResourcePressed pressed:
                server.Meters.Press(pressed.Resource, pressed.Pressure, server.Log, now);
                return true;
            case EventWritten written:
                server.Log.Write(new(written.Log, written.Source, written.Id, now, written.Text));
                return true;
            case CertificateSet certificate:
                TransportConfiguration.Put(configuration.Certificates, certificate.Certificate, known => known.Thumbprint);
                return true;
            case CertificatesExpired:
                Expire(server, now);
                return true;
            case ReceiveConnectorSet connector:
                TransportConfiguration.Put(configuration.ReceiveConnectors, connector.Connector, known => known.Name);
                return true;
            case DnsServersSet dns:
                configuration.Dns = configuration.Dns with
                {
                    External = dns.External,
                    Internal = dns.Internal,
                    FrontEndExternal = dns.External,
                    FrontEndInternal = dns.Internal,
                };
                return true;
            case TransportAgentSet agent:
                TransportConfiguration.Put(configuration.Agents, (agent.Name, agent.Enabled, agent.AssemblyPath), known => known.Name);
                return true;
            case HealthSetTurned turned:
                TransportConfiguration.Put(configuration.HealthSets, new(turned.HealthSet, turned.AlertValue, "Online", now), known => known.Name);
                return true;
            case RecoveryActionTaken taken:
                configuration.RecoveryActions.Insert(0, new(taken.Action, taken.Target, now, taken.Result));
                return true;
            case QueueStuck stuck:
                TransportConfiguration.Put(configuration.Queues, stuck.Queue, known => known.Identity);
                return true;
            case DatabaseCopyTurned copy:
                configuration.CopyStatus[copy.Database] = copy.Status;
                return true;
            default:
                return false;
        }
    }

    private static void Fill(DiskFilled disk, SimulatedServer server, DateTimeOffset now)
    {
        var volumes = server.Configuration.Volumes;
        var at = volumes.FindIndex(volume => volume.Path.Equals(disk.Path, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
            throw new ArgumentException($"{server.Name} has no volume '{disk.Path}'.", nameof(disk));
        var used = Math.Clamp(disk.UsedPercent, 0, 100);
        volumes[at] = volumes[at] with { FreeBytes = volumes[at].TotalBytes / 100 * (100 - used) };
        if (volumes[at].Holds.Contains(VolumeReading.Queue))
            server.Meters.Press(ResourceMeters.UsedDiskSpace, used, server.Log, now);
    }

    private static void Expire(SimulatedServer server, DateTimeOffset now)
    {
        var certificates = server.Configuration.Certificates;
        for (var i = 0; i < certificates.Count; i++)
        {
            if (certificates[i].Services?.Contains("SMTP") == true)
                certificates[i] = certificates[i] with { NotAfter = now, Status = "DateInvalid" };
        }

        server.Log.Transport(12015, "A certificate of this server has ended.", now);
    }
}
