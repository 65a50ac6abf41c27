using MailFlowBot.Incidents;

namespace MailFlowBot.Access;

/// <summary>
/// Who may ask and who may approve. Object id and home tenant count; names are labels. Guests and foreign tenants may do nothing,
/// whatever a list says.
/// </summary>
/// <param name="Readers">People who may ask anything at all.</param>
/// <param name="Approvers">People who may decide on plans; they may ask, too.</param>
internal sealed record AccessList(Guid HomeTenant, IReadOnlyList<Person> Readers, IReadOnlyList<Person> Approvers)
{
    public bool MayRead(Person person) => IsMember(person) && Readers.Concat(Approvers).Any(reader => reader.ObjectId == person.ObjectId);

    public bool MayApprove(Person person) => IsMember(person) && Approvers.Any(approver => approver.ObjectId == person.ObjectId);

    /// <summary>Who may decide on a plan that these people asked for, as labels for a sentence.</summary>
    public string ApproverNames(IReadOnlyList<Person> requesters) => string.Join(", ", Approvers
        .Where(approver => requesters.All(requester => requester.ObjectId != approver.ObjectId))
        .Select(approver => approver.Name));

    public bool IsMember(Person person) => person.ObjectId != Guid.Empty && !person.IsGuest && person.Tenant == HomeTenant;
}
