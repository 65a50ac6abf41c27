using MailFlowBot.Incidents;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Conversing;

/// <summary>What this installation is bound to, as people are told it.</summary>
/// <param name="Simulated">True: nothing real is touched, and drills run.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="AcceptedRisk">
/// True where a bot in Teams and the agent that changes a real organisation share a process, which somebody has accepted; else null.
/// </param>
internal sealed record Surroundings(string Organization, bool Simulated, string Version, bool? AcceptedRisk = null)
{
    /// <summary>An incident as it begins here.</summary>
    public IncidentOpened Opening(Person by, Conversation conversation, string language) =>
        new(by, conversation, language, Organization, Simulated, "mentions", null, AcceptedRisk);
}

/// <summary>The drills of the simulated organisation; absent where a real one is bound.</summary>
/// <param name="StartAsync">Puts the organisation into the drill's starting state.</param>
/// <param name="ServerOf">The server that a drill is about; null when it is about all.</param>
internal sealed record DrillBook(IReadOnlyList<string> Names, Func<string, CancellationToken, Task> StartAsync, Func<string, ServerName?> ServerOf);
