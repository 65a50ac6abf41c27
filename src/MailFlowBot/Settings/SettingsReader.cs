using MailFlowBot.Access;
using MailFlowBot.Approvals;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Settings;

/// <summary>Reads the configuration and reports all of its faults at once, each with its key and the remedy.</summary>
internal sealed class SettingsReader(IConfiguration configuration, IReadOnlyList<Person> cast, Guid castTenant)
{
    private readonly SettingSource _source = new(configuration);

    private bool IsRegistered => _source.Has("Teams:AppId");

    /// <returns>The settings, or every fault that was found.</returns>
    public (BotSettings? Settings, IReadOnlyList<SettingFault> Faults) Read()
    {
        var isRemote = _source.OneOf("Organization:Mode", "Simulated", "Simulated", "Remote") == "Remote";
        _source.OneOf("Storage:Provider", "Sqlite", "Sqlite");
        _source.OneOf("Agent:Mode", "InProcess", "InProcess");
        var expiry = _source.Number("Approvals:ExpiryMinutes", 15, 1, 1440);
        var open = _source.Address("Http:Public", "http://127.0.0.1:3978");
        var rules = new ApprovalRules(_source.Flag("Approvals:RequireReason", true), QuorumA: 1, QuorumB: 2);
        var agent = isRemote ? new AgentSettingsReader(_source).Read(IsRegistered) : null;
        var organization = OrganizationName(agent?.Policy, isRemote);
        var folder = Folder(organization, isRemote ? "remote-" : "simulated-");
        var settings = new BotSettings(open, Internal(open), organization, Access(isRemote), rules, TimeSpan.FromMinutes(expiry), folder)
        {
            Remote = isRemote ? new OrganizationSettingsReader(_source).Read() : null,
            Agent = agent?.Settings(folder, organization),
            ReadOnly = isRemote && !IsRegistered && agent?.Policy is not { Lab: true },
        };
        return (_source.Faults.Count == 0 ? settings with { Warnings = _source.Warnings } : null, _source.Faults);
    }

    private AccessList Access(bool isRemote)
    {
        var tenant = Tenant();
        // Whoever sits at a simulation may play everybody; in a real organisation an unset list is nobody.
        return new AccessList(
            tenant,
            People("Access:Readers", isRemote ? null : cast.Where(person => !person.IsGuest), tenant, "nobody may ask anything"),
            People("Approvals:Approvers", isRemote ? null : cast.Where(person => person.Name is "bob" or "carol"), tenant, "nobody may approve anything"));
    }

    // A plan names its organisation, and a policy is for one: where only the policy says which, that is it.
    private string OrganizationName(AgentPolicy? policy, bool isRemote)
    {
        const string Key = "Organization:Id";
        var name = _source.Text(Key, policy?.Organization.Value ?? (isRemote ? "organization" : "simulated"));
        _source.Parse(Key, name, text => new OrganizationId(text), "Write a short name, such as contoso.");
        if (policy is not null && policy.Organization.Value != name)
            _source.Fault(Key, $"'{name}' is not the organisation of the agent's policy, '{policy.Organization}'.", "Make both the same; case counts.");
        return name;
    }

    // What is reached from outside must show nothing but /api/messages, so the rest takes a listener of its own.
    private Uri Internal(Uri open)
    {
        if (_source.Has("Http:Internal"))
            return _source.Address("Http:Internal", "http://127.0.0.1:3979");
        if (IsRegistered)
        {
            _source.Fault(
                "Http:Internal", "is missing, and with a Teams registration the public listener serves /api/messages only.",
                "Write an address such as http://127.0.0.1:3979.");
        }

        return open;
    }

    private Guid Tenant()
    {
        if (_source.Text("Teams:TenantId") is not { } text)
            return castTenant;
        if (Guid.TryParse(text, out var tenant))
            return tenant;
        _source.Fault("Teams:TenantId", $"'{text}' is not a tenant id.", "Write the GUID of the home tenant.");
        return castTenant;
    }

    /// <summary>Object ids, or the names of the playground's people.</summary>
    /// <param name="otherwise">Who it is without configuration; null: nobody, which is worth a warning.</param>
    private List<Person> People(string key, IEnumerable<Person>? otherwise, Guid tenant, string consequence)
    {
        if (!_source.HasSection(key))
        {
            if (otherwise is null)
                _source.Warn(key, $"is not set, so {consequence}.", $"List Entra object ids as {key}:0, {key}:1 and so on.");
            return [.. (otherwise ?? []).Select(person => person with { Tenant = tenant })];
        }

        var people = new List<Person>();
        foreach (var (entry, text) in _source.List(key))
        {
            if (cast.FirstOrDefault(known => known.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
                people.Add(known with { Tenant = tenant });
            else if (Guid.TryParse(text, out var id) && id != Guid.Empty)
                people.Add((cast.FirstOrDefault(person => person.ObjectId == id) ?? new Person(id, tenant, id.ToString("D")[..8], IsGuest: false)) with { Tenant = tenant });
            else
                _source.Fault(entry, $"'{text}' is neither an Entra object id nor one of the playground's people.", "Write a GUID.");
        }

        return people;
    }

    private string Folder(string organization, string prefix)
    {
        if (_source.Text("Storage:Folder") is { } folder)
            return Path.GetFullPath(folder);
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        // A service account may have no profile; then the data stands beside the program.
        var root = local.Length > 0 ? Path.Combine(local, "mailflowbot") : Path.Combine(AppContext.BaseDirectory, "data");
        var name = string.Concat(organization.Select(character => char.IsLetterOrDigit(character) || character is '-' or '_' ? character : '_'));
        return Path.Combine(root, prefix + name);
    }
}
