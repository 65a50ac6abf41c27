namespace MailFlowBot.Remote.Simulation;

/// <summary>Where a component state is written; Set-ServerComponentState writes both unless told -LocalOnly or -RemoteOnly.</summary>
[Flags]
public enum StateStores
{
    /// <summary>The server's registry.</summary>
    Local = 1,

    /// <summary>Active Directory.</summary>
    Remote = 2,

    Both = Local | Remote,
}
