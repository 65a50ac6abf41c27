namespace MailFlowBot.Remote.Catalogue;

/// <summary>Which of the guards against a useless or harmful start apply to which service.</summary>
internal static class TransportGuards
{
    /// <summary>Transport, and FMS which takes it down with it: the queue database is closed and opened again.</summary>
    public static bool KeepsQueue(WindowsService service) => service == WindowsService.Transport || service == WindowsService.Filtering;

    /// <summary>For starts and restarts alike. None for what mail does not flow through.</summary>
    public static IEnumerable<Guard> Of(ServerName server, WindowsService service)
    {
        if (service == WindowsService.TransportLogSearch || service == WindowsService.EdgeSync)
            yield break;
        if (KeepsQueue(service))
            yield return new QueueDatabaseGuard(server);
        if (KeepsQueue(service) || service == WindowsService.FrontEndTransport)
            yield return new PortConflictGuard(server);
        yield return new CrashLoopGuard(server);
        yield return new RecoveryActionGuard(server, service);
    }
}
