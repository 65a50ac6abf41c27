using System.Text.Json.Nodes;

namespace MailFlowBot.Remote.Approvals;

/// <summary>
/// A person: object id in Entra ID together with the tenant that is the account's home. A name or address is never an identity.
/// </summary>
/// <param name="ObjectId">Object id.</param>
/// <param name="Tenant">Home tenant.</param>
public readonly record struct PersonId(Guid ObjectId, Guid Tenant)
{
    internal JsonObject ToJson() => new() { ["object"] = ObjectId.ToString("D"), ["tenant"] = Tenant.ToString("D") };

    internal static PersonId FromJson(StrictObject json)
    {
        var person = new PersonId(json.Value("object", GuidOf), json.Value("tenant", GuidOf));
        json.End();
        return person;
    }

    public override string ToString() => $"{ObjectId:D}@{Tenant:D}";

    // One spelling only: "D", lower case.
    private static Guid GuidOf(string text) =>
        Guid.TryParseExact(text, "D", out var id) && string.Equals(id.ToString("D"), text, StringComparison.Ordinal)
            ? id
            : throw new FormatException("an id such as aaaaaaaa-0000-4000-8000-000000000002 is expected");
}
