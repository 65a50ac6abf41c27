namespace MailFlowBot.Channels.Web;

/// <summary>What the page says about where it stands.</summary>
/// <param name="Organization">The organisation id that is part of every plan digest.</param>
/// <param name="Simulated">True when nothing here is real: first line and title then say so.</param>
/// <param name="Drills">Names of the drills that get a button; empty where drills are refused.</param>
internal sealed record PlaygroundPage(string Organization, bool Simulated, IReadOnlyList<string> Drills);
