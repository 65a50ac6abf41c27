using MailFlowBot.Access;
using MailFlowBot.Approvals;
using MailFlowBot.Incidents;

namespace MailFlowBot.Settings;

/// <summary>Reads the configuration and reports all of its faults at once, each with its key and the remedy.</summary>
internal sealed class SettingsReader(IConfiguration configuration, IReadOnlyList<Person> cast, Guid castTenant)
{
    private readonly List<SettingFault> _faults = [];

    /// <returns>The settings, or every fault that was found.</returns>
    public (BotSettings? Settings, IReadOnlyList<SettingFault> Faults) Read()
    {
        OneOf("Organization:Mode", "Simulated", "Simulated");
        OneOf("Storage:Provider", "Sqlite", "Sqlite");
        OneOf("Agent:Mode", "InProcess", "InProcess");
        var organization = Text("Organization:Id", "simulated");
        var tenant = Tenant();
        var access = new AccessList(
            tenant,
            People("Access:Readers", cast.Where(person => !person.IsGuest), tenant),
            People("Approvals:Approvers", cast.Where(person => person.Name is "bob" or "carol"), tenant));
        var rules = new ApprovalRules(Flag("Approvals:RequireReason", true), QuorumA: 1, QuorumB: 2);
        var open = Address("Http:Public", "http://127.0.0.1:3978");
        var settings = new BotSettings(
            open,
            Internal(open),
            organization,
            access,
            rules,
            TimeSpan.FromMinutes(Number("Approvals:ExpiryMinutes", 15, 1, 1440)),
            Folder(organization));
        return (_faults.Count == 0 ? settings : null, _faults);
    }

    private string Text(string key, string otherwise) => configuration[key] is { Length: > 0 } text ? text : otherwise;

    private void OneOf(string key, string otherwise, params string[] known)
    {
        if (!known.Contains(Text(key, otherwise), StringComparer.OrdinalIgnoreCase))
            Fault(key, $"'{Text(key, otherwise)}' is not available in this version.", $"Use {string.Join(" or ", known)}.");
    }

    private bool Flag(string key, bool otherwise)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return otherwise;
        if (!bool.TryParse(text, out var flag))
            Fault(key, $"'{text}' is neither true nor false.", "Write true or false.");
        return flag;
    }

    private int Number(string key, int otherwise, int least, int most)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return otherwise;
        if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Fault(key, $"'{text}' is not a number from {least} to {most}.", "Write a whole number.");
        return otherwise;
    }

    private Uri Address(string key, string otherwise)
    {
        var text = Text(key, otherwise);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        Fault(key, $"'{text}' is not an address.", "Write it like http://127.0.0.1:3978.");
        return new Uri(otherwise);
    }

    // What is reached from outside must show nothing but /api/messages, so the rest takes a listener of its own.
    private Uri Internal(Uri open)
    {
        if (configuration["Http:Internal"] is { Length: > 0 })
            return Address("Http:Internal", "http://127.0.0.1:3979");
        if (configuration["Teams:AppId"] is { Length: > 0 })
            Fault("Http:Internal", "is missing, and with a Teams registration the public listener serves /api/messages only.", "Write an address such as http://127.0.0.1:3979.");
        return open;
    }

    private Guid Tenant()
    {
        if (configuration["Teams:TenantId"] is not { Length: > 0 } text)
            return castTenant;
        if (Guid.TryParse(text, out var tenant))
            return tenant;
        Fault("Teams:TenantId", $"'{text}' is not a tenant id.", "Write the GUID of the home tenant.");
        return castTenant;
    }

    // Object ids, or in the simulated organisation the names of the cast.
    private List<Person> People(string key, IEnumerable<Person> otherwise, Guid tenant)
    {
        var section = configuration.GetSection(key);
        if (!section.Exists())
            return [.. otherwise.Select(person => person with { Tenant = tenant })];
        var people = new List<Person>();
        foreach (var entry in section.GetChildren())
        {
            if (cast.FirstOrDefault(known => known.Name.Equals(entry.Value, StringComparison.OrdinalIgnoreCase)) is { } known)
                people.Add(known with { Tenant = tenant });
            else if (Guid.TryParse(entry.Value, out var id) && id != Guid.Empty)
                people.Add((cast.FirstOrDefault(person => person.ObjectId == id) ?? new Person(id, tenant, id.ToString("D")[..8], IsGuest: false)) with { Tenant = tenant });
            else
                Fault($"{key}:{entry.Key}", $"'{entry.Value}' is neither an Entra object id nor one of the playground's people.", "Write a GUID.");
        }

        return people;
    }

    private string Folder(string organization)
    {
        if (configuration["Storage:Folder"] is { Length: > 0 } folder)
            return Path.GetFullPath(folder);
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        // A service account may have no profile; then the data stands beside the program.
        var root = local.Length > 0 ? Path.Combine(local, "mailflowbot") : Path.Combine(AppContext.BaseDirectory, "data");
        var name = string.Concat(organization.Select(character => char.IsLetterOrDigit(character) || character is '-' or '_' ? character : '_'));
        return Path.Combine(root, "simulated-" + name);
    }

    private void Fault(string key, string problem, string remedy) => _faults.Add(new SettingFault(key, problem, remedy));
}
