namespace MailFlowBot.Channels.Web;

/// <summary>All posts at one moment: what a browser gets first on every connection.</summary>
internal sealed record BoardSnapshot(IReadOnlyList<Post> Posts);
