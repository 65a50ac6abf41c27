namespace MailFlowBot.Channels.Web;

/// <summary>One of the cast, as the page's selector shows it.</summary>
internal sealed record PlaygroundPerson(string Name, Guid ObjectId, bool IsGuest);
