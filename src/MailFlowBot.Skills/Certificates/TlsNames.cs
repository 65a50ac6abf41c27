using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Certificates;

/// <summary>Connectors that name a certificate which the server does not have: <c>&lt;I&gt;issuer&lt;S&gt;subject</c>, left over from a renewal.</summary>
internal static class TlsNames
{
    private const string SubjectMark = "<S>";

    /// <returns>The read and the connector's name; empty unless every certificate told its subject.</returns>
    public static IReadOnlyList<(ReadOperation Read, string Connector)> NotThere(ServerName server, Readings readings)
    {
        var certificates = readings.Fact<CertificatesFact>(new ReadCertificates(server))?.Certificates;
        if (certificates is not { Count: > 0 } || certificates.Any(certificate => certificate.Subject is null))
            return [];
        var subjects = certificates.Select(certificate => Plain(certificate.Subject!)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var receive = new ReadReceiveConnectors(server);
        var send = new ReadSendConnectors();
        return
        [
            .. (readings.Fact<ReceiveConnectorsFact>(receive)?.Connectors ?? [])
                .Where(connector => connector.Enabled != false && Missing(connector.TlsCertificateName))
                .Select(connector => ((ReadOperation)receive, connector.Name)),
            // A Send connector is this server's business only where it is one of its sources.
            .. (readings.Fact<SendConnectorsFact>(send)?.Connectors ?? [])
                .Where(connector => connector.Enabled != false && Missing(connector.TlsCertificateName)
                    && connector.SourceServers.Contains(server.Value, StringComparer.OrdinalIgnoreCase))
                .Select(connector => ((ReadOperation)send, connector.Name)),
        ];

        bool Missing(string? name) => name?.IndexOf(SubjectMark, StringComparison.OrdinalIgnoreCase) is int at and >= 0
            && !subjects.Contains(Plain(name[(at + SubjectMark.Length)..]));
    }

    // Blanks after commas differ between the two places.
    private static string Plain(string subject) => subject.Replace(" ", "", StringComparison.Ordinal);
}
