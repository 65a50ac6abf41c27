namespace MailFlowBot.Skills.Diagnosis;

/// <summary>What the LastError of a queue says about the cause.</summary>
internal enum QueueFault
{
    /// <summary>No error is told.</summary>
    None,

    /// <summary>An error of none of the kinds below.</summary>
    Other,

    /// <summary>The next hop's name could not be resolved.</summary>
    Dns,

    /// <summary>The name was resolved, but no conversation came about or it broke.</summary>
    Connection,

    /// <summary>STARTTLS is missing, or a certificate or the TLS negotiation failed.</summary>
    Tls,

    /// <summary>The next hop does not accept who we are.</summary>
    Authentication,

    /// <summary>The next hop's component refuses work.</summary>
    ComponentInactive,

    /// <summary>The next hop is short of resources.</summary>
    BackPressure,

    /// <summary>The store's disk is full.</summary>
    StoreDisk,

    /// <summary>The database is away or throttled.</summary>
    Store,

    /// <summary>The next hop does not want these messages.</summary>
    Refused,
}
