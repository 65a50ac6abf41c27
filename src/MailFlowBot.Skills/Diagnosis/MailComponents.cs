using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>What a list of component states must hold before "all Active" may be said of it.</summary>
internal static class MailComponents
{
    /// <summary>True when the list names the component that mail passes through, on a mailbox or an Edge server.</summary>
    public static bool DecidesAboutMail(this ComponentStatesFact states) =>
        states.Find(ComponentName.HubTransport) is not null || states.Find(ComponentName.EdgeTransport) is not null;

    /// <summary>The inventory knows the server as Exchange 2013 or later, which the reads of the catalogue are made for.</summary>
    public static bool IsModern(this Readings readings, ServerName server) => readings.Inventory?.Find(server) is { HasComponentStates: true };
}
