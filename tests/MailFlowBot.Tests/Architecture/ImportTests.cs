namespace MailFlowBot.Tests.Architecture;

/// <summary>
/// Who may import whom. A row names all that a namespace may use of ours; using less is fine. A new namespace, or a new arrow, needs a
/// row here and, where it departs from docs/architecture.md, a decision record.
/// </summary>
public sealed class ImportTests
{
    private const string Catalogue = "Remote.Catalogue";

    /// <summary>By namespace, below MailFlowBot. The root namespace of the host joins the parts and may use all of them.</summary>
    public static TheoryData<string, string[]> Arrows => new()
    {
        { Catalogue, [] },
        { "Remote.Clixml", [] },
        { "Remote.Wsman", [] },
        { "Remote.Transport", [] },
        { "Remote.Tracing", ["Remote.Transport"] },
        { "Remote.Smtp", [] },
        { "Remote.Psrp", ["Remote.Clixml"] },
        { "Remote.Cmdlets", [Catalogue, "Remote.Psrp", "Remote.Clixml"] },
        { "Remote.Sessions", ["Remote.Psrp", "Remote.Clixml", "Remote.Wsman", "Remote.Transport"] },
        { "Remote.Approvals", [Catalogue] },
        // Psrp and Transport: the command sent, the error record got back and whether it was delivered are their types.
        { "Remote.Agent", [Catalogue, "Remote.Approvals", "Remote.Sessions", "Remote.Cmdlets", "Remote.Smtp", "Remote.Psrp", "Remote.Transport"] },
        {
            "Remote.Simulation",
            [Catalogue, "Remote.Clixml", "Remote.Psrp", "Remote.Wsman", "Remote.Cmdlets", "Remote.Smtp", "Remote.Transport", "Remote.Sessions", "Remote.Agent"]
        },
        { "Remote.Endpoints", [Catalogue, "Remote.Wsman", "Remote.Cmdlets", "Remote.Transport", "Remote.Tracing", "Remote.Sessions", "Remote.Agent"] },

        { "Skills.Texts", [] },
        { "Skills.Symptoms", ["Skills.Texts", Catalogue] },
        { "Skills.Remediation", ["Skills.Texts", Catalogue] },
        { "Skills.Diagnosis", ["Skills.Symptoms", "Skills.Remediation", "Skills.Texts", Catalogue] },
        { "Skills.HubTransportInactive", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Remediation", "Skills.Texts", Catalogue] },
        { "Skills.TransportStopped", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Remediation", "Skills.Texts", Catalogue] },
        { "Skills.PasteBack", [] },
        { "Skills.MissingSmtpVerbs", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Remediation", "Skills.Texts", Catalogue] },
        { "Skills.LegacyRouting", ["Skills.PasteBack", "Skills.Diagnosis", "Skills.Symptoms", "Skills.Remediation", "Skills.Texts", Catalogue] },
        { "Skills.Antimalware", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.BackPressure", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Remediation", "Skills.Texts", Catalogue] },
        { "Skills.Certificates", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.Connectors", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.DatabaseUnavailable", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.EdgeSync", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Remediation", "Skills.Texts", Catalogue] },
        { "Skills.MailFiltering", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.NameResolution", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.PeerAuthentication", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.PoisonQueue", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.QueueDatabase", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.ShadowRedundancy", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.StoreDisk", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.TransportAgents", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        { "Skills.TransportCrashing", ["Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue] },
        {
            "Skills",
            [
                "Skills.Diagnosis", "Skills.Symptoms", "Skills.Texts", Catalogue,
                "Skills.HubTransportInactive", "Skills.TransportStopped", "Skills.Antimalware", "Skills.BackPressure",
                "Skills.Certificates", "Skills.Connectors", "Skills.DatabaseUnavailable", "Skills.EdgeSync",
                "Skills.MailFiltering", "Skills.NameResolution", "Skills.PeerAuthentication", "Skills.PoisonQueue",
                "Skills.QueueDatabase", "Skills.ShadowRedundancy", "Skills.StoreDisk", "Skills.TransportAgents",
                "Skills.TransportCrashing", "Skills.MissingSmtpVerbs", "Skills.LegacyRouting",
            ]
        },

        // The chain of events is over the same canonical bytes as a plan (RFC 8785); one codec, which Remote needs anyway.
        { "Incidents", ["Remote.Approvals"] },
        { "Wording", [] },
        { "Hosting", [] },
        { "Access", ["Incidents"] },
        { "Settings", ["Access", "Approvals", "Incidents", "Remote.Agent", "Remote.Approvals", "Remote.Endpoints", "Remote.Transport", Catalogue] },
        { "Diagnosing", ["Incidents", "Skills", "Skills.Diagnosis", "Skills.Symptoms", "Skills.Remediation", "Skills.Texts", "Remote.Agent", Catalogue] },
        {
            "Approvals",
            ["Incidents", "Access", "Diagnosing", "Hosting", "Remote.Agent", "Remote.Approvals", "Remote.Cmdlets", "Skills.Remediation", Catalogue]
        },
        {
            "Remediations",
            ["Incidents", "Approvals", "Diagnosing", "Remote.Agent", "Remote.Approvals", "Remote.Cmdlets", "Skills.Remediation", Catalogue]
        },
        { "Transcripts", ["Incidents", "Hosting", "Remote.Approvals"] },
        { "Cards", ["Incidents", "Wording", "Skills.Texts"] },
        {
            "Conversing",
            [
                "Incidents", "Access", "Approvals", "Cards", "Diagnosing", "Hosting", "Remediations", "Wording",
                "Remote.Agent", "Remote.Approvals", Catalogue, "Skills.Diagnosis", "Skills.Remediation", "Skills.Symptoms", "Skills.Texts",
            ]
        },
        { "Channels", ["Incidents", "Access", "Cards", "Hosting", "Wording", "Remote.Approvals"] },
        { "Channels.Terminal", ["Channels", "Incidents", "Cards"] },
        { "Channels.Web", ["Channels", "Incidents", "Cards"] },
        // Settings: a fault of the channel's section is told like any other fault of the configuration.
        { "Channels.Teams", ["Incidents", "Cards", "Settings"] },
        { "Storage", [] },
        { "Storage.Sqlite", ["Storage", "Incidents"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_namespace_imports_only_what_it_may(string importer, string[] allowed)
    {
        var imported = House.Imports[Full(importer)];

        Assert.Empty(imported.Except(allowed.Select(Full)));
    }

    [Fact]
    public void Every_namespace_has_its_row()
    {
        var known = Arrows.Select(row => Full((string)row[0])).Append(House.Host).Order(StringComparer.Ordinal);

        Assert.Equal(known, House.Imports.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reader_of_assemblies_sees_imports_that_are_known_to_be_there()
    {
        Assert.Contains("MailFlowBot.Remote.Catalogue", House.Imports["MailFlowBot.Remote.Approvals"]);
        Assert.Contains("MailFlowBot.Skills.Symptoms", House.Imports["MailFlowBot.Diagnosing"]);
        Assert.Contains("MailFlowBot.Channels.Teams", House.Imports["MailFlowBot"]);
    }

    [Fact]
    public void Remote_knows_neither_the_skills_nor_the_host()
    {
        var strangers = House.Imports.Where(entry => Below(entry.Key, House.Remote)).SelectMany(entry => entry.Value)
            .Where(used => !Below(used, House.Remote));

        Assert.Empty(strangers);
    }

    [Fact]
    public void Skills_know_of_remote_the_catalogue_alone()
    {
        var strangers = House.Imports.Where(entry => Below(entry.Key, House.Skills)).SelectMany(entry => entry.Value)
            .Where(used => !Below(used, House.Skills) && used != Full(Catalogue));

        Assert.Empty(strangers);
    }

    [Fact]
    public void No_one_but_the_composition_knows_a_channel_or_a_store()
    {
        var users = House.Imports.Where(entry => entry.Key != House.Host && !Below(entry.Key, Full("Channels")) && !Below(entry.Key, Full("Storage")))
            .Where(entry => entry.Value.Any(used => Below(used, Full("Channels")) || Below(used, Full("Storage"))))
            .Select(entry => entry.Key);

        Assert.Empty(users);
    }

    [Fact]
    public void Namespaces_form_no_circle() => Assert.Empty(Circles.In(House.Imports));

    [Fact]
    public void A_circle_over_three_namespaces_would_be_found()
    {
        var circles = Circles.In(new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a"], ["d"] = ["a"] });

        Assert.Equal("a, b, c", Assert.Single(circles));
    }

    private static string Full(string below) => $"{House.Host}.{below}";

    private static bool Below(string name, string folder) => name == folder || name.StartsWith(folder + ".", StringComparison.Ordinal);
}
