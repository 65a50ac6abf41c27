using System.Collections.Concurrent;
using MailFlowBot.Incidents;

namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Who is behind an activity. Teams does not say in the activity whether somebody is a guest, so the member is fetched and kept for five
/// minutes at most; when that fails the person counts as a guest.
/// </summary>
internal sealed class People(ConnectorClient connector, IReadOnlySet<Guid> tenants, TimeProvider time, ILogger logger)
{
    private const int MaxKept = 4096;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Thread, string User), (Member Member, DateTimeOffset At)> _members = new();
    private readonly ConcurrentDictionary<Guid, string> _ids = new();

    public async Task<Person> ResolveAsync(AdmittedActivity activity, CancellationToken cancellationToken)
    {
        var from = activity.Activity.From!;
        var member = await FindAsync(activity, from.Id!, cancellationToken).ConfigureAwait(false);
        var person = Member.Person(from, member, tenants);
        if (!person.IsGuest)
        {
            if (_ids.Count >= MaxKept)
                _ids.Clear();
            _ids[person.ObjectId] = from.Id!;
        }

        return person;
    }

    /// <summary>The id to mention somebody by: the one Teams gave, else the object id, which Teams resolves as well.</summary>
    public string MentionId(Person person) => _ids.TryGetValue(person.ObjectId, out var id) ? id : $"{person.ObjectId:D}";

    private async Task<Member?> FindAsync(AdmittedActivity activity, string user, CancellationToken cancellationToken)
    {
        var key = (activity.Thread, user);
        if (_members.TryGetValue(key, out var kept) && time.GetUtcNow() - kept.At < Kept)
            return kept.Member;
        try
        {
            var member = await connector.FindMemberAsync(activity.Address, activity.Thread, user, cancellationToken).ConfigureAwait(false);
            if (_members.Count >= MaxKept)
                _members.Clear();
            _members[key] = (member, time.GetUtcNow());
            return member;
        }
        catch (ConnectorFailed exception)
        {
            TeamsLog.MemberUnknown(logger, exception);
            return null;
        }
    }
}
