using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// What an agent lets itself be asked, whoever asks: a file on the agent's host that its own account cannot write. What is not listed is
/// denied, so the default value denies everything.
/// </summary>
public sealed record AgentPolicy
{
    private const int FormatVersion = 1;

    /// <summary>The only organisation this agent works for.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>Who may approve class A.</summary>
    public ImmutableArray<PersonId> ApproversA { get; init; } = [];

    /// <summary>Who may approve class B.</summary>
    public ImmutableArray<PersonId> ApproversB { get; init; } = [];

    /// <summary>Different people needed for class A; at least 1.</summary>
    public int QuorumA { get; init; } = 1;

    /// <summary>Different people needed for class B; at least 2.</summary>
    public int QuorumB { get; init; } = 2;

    /// <summary>Keys whose signatures on decisions and grants count.</summary>
    public ImmutableArray<KeyId> TrustedKeys { get; init; } = [];

    /// <summary>Ids of the changes that may be made, such as <c>restart-service</c>.</summary>
    public ImmutableArray<string> Operations { get; init; } = [];

    public ImmutableArray<ServerName> Servers { get; init; } = [];

    /// <summary>Requesters whose component entries may be set.</summary>
    public ImmutableArray<Requester> Requesters { get; init; } = [];

    /// <summary>Services that may be started or restarted.</summary>
    public ImmutableArray<WindowsService> Services { get; init; } = [];

    /// <summary>Times of day, UTC, at which changes are made; null: at any time.</summary>
    public ChangeHours? Hours { get; init; }

    /// <summary>Changes sent within any hour, over all servers.</summary>
    public int ChangesPerHour { get; init; }

    /// <summary>Transport servers of one DAG, else site, that may be out at a time.</summary>
    public int OutAtATime { get; init; } = 1;

    /// <summary>Minutes from registration until a plan expires.</summary>
    public int ExpiryMinutes { get; init; } = 15;

    /// <summary>
    /// The organisation is a laboratory: playground people may approve there and waits may be shortened. Nothing else is looser.
    /// </summary>
    public bool Lab { get; init; }

    public PolicyHash Hash => PolicyHash.Of(CanonicalJson.Serialize(ToJson()));

    public ImmutableArray<PersonId> Approvers(ChangeClass of) => of switch
    {
        ChangeClass.A => ApproversA,
        ChangeClass.B => ApproversB,
        _ => [],
    };

    /// <summary>People needed; null where no number suffices.</summary>
    public int? Quorum(ChangeClass of) => of switch
    {
        ChangeClass.A => QuorumA,
        ChangeClass.B => QuorumB,
        _ => null,
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["policy"] = FormatVersion,
            ["organization"] = Organization.Value,
            ["approvers"] = new JsonObject { ["A"] = People(ApproversA), ["B"] = People(ApproversB) },
            ["quorum"] = new JsonObject { ["A"] = QuorumA, ["B"] = QuorumB },
            ["trustedKeys"] = Texts(TrustedKeys.Select(key => key.Value)),
            ["operations"] = Texts(Operations),
            ["servers"] = Texts(Servers.Select(server => server.Value)),
            ["requesters"] = Texts(Requesters.Select(requester => requester.Value)),
            ["services"] = Texts(Services.Select(service => service.Name)),
            ["changesPerHour"] = ChangesPerHour,
            ["outAtATime"] = OutAtATime,
            ["expiryMinutes"] = ExpiryMinutes,
        };
        if (Hours is { } hours)
            json["hours"] = hours.ToJson();
        if (Lab)
            json["lab"] = true;
        return json;
    }

    /// <exception cref="ApprovalFormatException">Not exactly a policy of this version; the agent must not start.</exception>
    public static AgentPolicy FromJson(ReadOnlyMemory<byte> utf8)
    {
        var json = StrictObject.Parse(utf8);
        json.Whole("policy", FormatVersion, FormatVersion);
        var approvers = json.Object("approvers");
        var quorum = json.Object("quorum");
        var policy = new AgentPolicy
        {
            Organization = json.Value("organization", text => new OrganizationId(text), 300),
            ApproversA = [.. approvers.Objects("A").Select(PersonId.FromJson)],
            ApproversB = [.. approvers.Objects("B").Select(PersonId.FromJson)],
            QuorumA = quorum.Whole("A", 1, 10),
            QuorumB = quorum.Whole("B", 2, 10),
            TrustedKeys = [.. json.Values("trustedKeys", text => new KeyId(text))],
            Operations = [.. json.Values("operations", OperationJson.ChangeId)],
            Servers = [.. json.Values("servers", text => new ServerName(text))],
            Requesters = [.. json.Values("requesters", text => new Requester(OperationJson.Word(text)))],
            Services = [.. json.Values("services", text => new WindowsService(OperationJson.Word(text)))],
            ChangesPerHour = json.Whole("changesPerHour", 0, 1000),
            OutAtATime = json.Whole("outAtATime", 0, 100),
            ExpiryMinutes = json.Whole("expiryMinutes", 1, 240),
            Hours = json.Has("hours") ? ChangeHours.FromJson(json.Object("hours")) : null,
            Lab = json.Has("lab") && json.Flag("lab"),
        };
        approvers.End();
        quorum.End();
        json.End();
        return policy;
    }

    private static JsonArray People(IEnumerable<PersonId> people) => new([.. people.Select(person => person.ToJson())]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
