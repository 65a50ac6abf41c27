using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Settings;

/// <summary>
/// The sections Agent and Lab. A file of policy is what an agent works by; without one it denies everything, and the bot still reads.
/// </summary>
internal sealed class AgentSettingsReader(SettingSource source)
{
    private const string PolicyKey = "Agent:Policy";

    private AgentName _name;
    private List<TrustedKey> _keys = [];
    private AgentLimits _limits = new();
    private bool _riskAccepted;

    /// <summary>Null when there is no file, or none that can be read.</summary>
    public AgentPolicy? Policy { get; private set; }

    public AgentSettingsReader Read(bool isRegistered)
    {
        var host = Environment.MachineName is { Length: > 0 } machine ? machine : "agent";
        _name = source.Parse("Agent:Name", source.Text("Agent:Name", host), text => new AgentName(text), "Write a short name.") ?? default;
        Policy = ReadPolicy();
        _keys = [.. source.List("Agent:TrustedKeys").Select(entry => ReadKey(entry.Key, entry.Text)).OfType<TrustedKey>()];
        _limits = ReadLimits();
        _riskAccepted = source.Flag("Agent:AcceptInProcessRisk", false) && isRegistered;
        if (isRegistered && !_riskAccepted)
        {
            source.Fault(
                "Agent:AcceptInProcessRisk",
                "is not set, and with a Teams registration an agent in the bot's own process would change the real organisation: whoever takes over the bot has the agent's rights, too.",
                "Set it to true only after somebody has accepted that; every card will say so.");
        }

        return this;
    }

    public AgentSettings Settings(string folder, string organization) => new(
        _name,
        Policy ?? new AgentPolicy { Organization = new OrganizationId(organization) },
        source.Text("Agent:Key") is { } path ? Path.GetFullPath(path) : Path.Combine(folder, "agent-key.pem"),
        _keys,
        _limits,
        _riskAccepted);

    private AgentPolicy? ReadPolicy()
    {
        if (source.Text(PolicyKey) is not { } path)
        {
            source.Warn(PolicyKey, "is not set, so the agent denies every change.", "Write a policy file (docs/formats.md) and name it here.");
            return null;
        }

        return source.File(
            PolicyKey, path, file => AgentPolicy.FromJson(File.ReadAllBytes(file)), fault => fault is ApprovalFormatException,
            "Write it as docs/formats.md says.");
    }

    private TrustedKey? ReadKey(string key, string path) => source.File(
        key, path, file => TrustedKey.FromPem(File.ReadAllText(file)), fault => fault is FormatException,
        "Name the PEM file of a public P-256 key, such as `transcript key` prints.");

    // The waits of the Exchange procedures are real ones; a laboratory's own time may be shorter, and nowhere else may they be.
    private AgentLimits ReadLimits()
    {
        const string Held = "Lab:HeldAfterSeconds";
        const string Patience = "Lab:VerifyPatienceSeconds";
        const string Every = "Lab:VerifyEverySeconds";
        const string Repeat = "Lab:RepeatAfterSeconds";
        var usual = new AgentLimits();
        // A policy that cannot be read was told already; what it would say of a laboratory nobody knows.
        if (Policy is null && source.Has(PolicyKey))
            return usual;
        if (Policy is not { Lab: true })
        {
            foreach (var key in new[] { Held, Patience, Every, Repeat }.Where(source.Has))
                source.Fault(key, "is for laboratories, and the agent's policy does not say that this is one.", "Remove it, or set \"lab\": true in the policy.");
            return usual;
        }

        return usual with
        {
            HeldAfter = Seconds(Held, usual.HeldAfter, 0),
            VerifyPatience = Seconds(Patience, usual.VerifyPatience, 1),
            VerifyEvery = Seconds(Every, usual.VerifyEvery, 1),
            RepeatAfter = Seconds(Repeat, usual.RepeatAfter, 0),
        };
    }

    private TimeSpan Seconds(string key, TimeSpan otherwise, int least) =>
        TimeSpan.FromSeconds(source.Number(key, (int)otherwise.TotalSeconds, least, 86_400));
}
