namespace MailFlowBot.Incidents;

/// <summary>
/// Someone who writes or clicks. Object id and home tenant are the person; the name is a label only and decides nothing.
/// </summary>
/// <param name="ObjectId">Entra object id; <see cref="Guid.Empty"/> when the channel could not tell, and then nothing is allowed.</param>
/// <param name="Tenant">The person's home tenant.</param>
/// <param name="IsGuest">True for guests and whenever it could not be established.</param>
internal sealed record Person(Guid ObjectId, Guid Tenant, string Name, bool IsGuest);
