using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>How far a refusal reaches.</summary>
internal enum RefusedScope
{
    /// <summary>The account or its secret is wrong: every endpoint would refuse it, and count.</summary>
    Account,

    /// <summary>The account is known and may not use this endpoint.</summary>
    Endpoint,
}

/// <summary>
/// The endpoint does not let this account in. Not tried again with the same secret: accounts get locked. Somebody has to change the
/// configuration or a right.
/// </summary>
internal sealed class AccessRefused : RemoteException
{
    public AccessRefused(RefusedScope scope, string message, Exception? inner = null)
        : base(message, inner) => Scope = scope;

    public RefusedScope Scope { get; }

    public override Delivery Delivery => Delivery.NotSent;
}
