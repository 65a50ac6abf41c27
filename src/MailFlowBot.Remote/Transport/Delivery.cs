namespace MailFlowBot.Remote.Transport;

/// <summary>How far an envelope got when no answer came.</summary>
internal enum Delivery
{
    /// <summary>Certainly not at the server: no connection, no right, no address.</summary>
    NotSent,

    /// <summary>On its way or there; nobody knows.</summary>
    Unknown,
}
