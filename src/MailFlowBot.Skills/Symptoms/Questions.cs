using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Symptoms;

/// <summary>
/// The one question that would decide, and why a text is declined. Which one is a rule; its words are in
/// <c>texts.LANGUAGE.yaml</c>.
/// </summary>
internal static class Questions
{
    public static Line? Ask(
        string? decided, IReadOnlyList<Candidate> candidates, IReadOnlyList<ServerName> servers, IReadOnlyList<UnknownServer> unknown)
    {
        if (decided == SymptomClass.NoneOfOurs)
            return null;
        if (servers.Count == 0 && unknown is [var name, ..])
        {
            return name.Nearest is { } nearest
                ? Line.Of("read.did-you-mean", ("name", name.Name), ("nearest", nearest.Value))
                : Line.Of("read.unknown-server", ("name", name.Name));
        }

        if (decided is not null)
            return null;
        if (candidates is not [var best, ..])
            return Line.Of("read.what-happened");

        // What SMTP says separates an inactive component from a stopped service; anything else has a question of its own.
        return best.Class switch
        {
            SymptomClass.Legacy2007Routing => Line.Of("read.ask-legacy-routing"),
            SymptomClass.LegacySmtpVerbs => Line.Of("read.ask-legacy-smtp-verbs"),
            SymptomClass.Legacy2003Other => Line.Of("read.ask-legacy-queue"),
            SymptomClass.BackPressure => Line.Of("read.ask-back-pressure"),
            SymptomClass.StoreDiskFull => Line.Of("read.ask-store-disk-full"),
            SymptomClass.DatabaseUnavailable => Line.Of("read.ask-database-unavailable"),
            SymptomClass.TransportAgent => Line.Of("read.ask-transport-agent"),
            SymptomClass.QueueDatabase => Line.Of("read.ask-queue-database"),
            SymptomClass.AntimalwareEngine => Line.Of("read.ask-antimalware-engine"),
            SymptomClass.PoisonQueue => Line.Of("read.ask-poison-queue"),
            SymptomClass.CertificateTls => Line.Of("read.ask-certificate-tls"),
            SymptomClass.DnsSmarthost => Line.Of("read.ask-dns-smarthost"),
            SymptomClass.AuthPermissions => Line.Of("read.ask-auth-permissions"),
            SymptomClass.ConnectorConfig => Line.Of("read.ask-connector-config"),
            SymptomClass.EdgeSync => Line.Of("read.ask-edge-sync"),
            SymptomClass.ShadowRedundancy => Line.Of("read.ask-shadow-redundancy"),
            SymptomClass.OtherMailflow => Line.Of("read.ask-other-mailflow"),
            SymptomClass.NoneOfOurs => Line.Of("read.ask-none-of-ours"),
            _ => servers.Count == 0
                ? Line.Of("read.which-server")
                : Line.Of("read.what-does-smtp-say", ("server", servers[0].Value)),
        };
    }

    /// <summary>Why a text is not ours, after the strongest of what spoke for it; null when it is, or may be.</summary>
    public static Line? Declined(string? decided, IReadOnlyList<Candidate> candidates)
    {
        if (decided != SymptomClass.NoneOfOurs)
            return null;
        var because = candidates[0].Because;
        return Line.Of(
            Has("host", "exchange-online") || Has("phrase", "online-tenant") || Has("phrase", "online-service") ? "read.declined-exchange-online"
            : Has("foreign", "message-broker") ? "read.declined-message-broker"
            : Has("foreign", "mail-server") ? "read.declined-mail-server"
            : Has("foreign", "program") || Has("foreign", "mail-provider") ? "read.declined-program"
            : Has("foreign", "mail-client") || Has("phrase", "client-only") || Has("phrase", "calendar") || Has("phrase", "outlook") ? "read.declined-client"
            : "read.declined-other-part");

        bool Has(string kind, string value) => because.Any(signal => signal.Kind == kind && signal.Value == value);
    }
}
