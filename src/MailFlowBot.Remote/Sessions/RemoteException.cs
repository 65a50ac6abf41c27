using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Sessions;

/// <summary>The root of what a remote session throws. The kinds differ in what the caller may still do.</summary>
internal abstract class RemoteException : Exception
{
    private protected RemoteException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>Whether what was asked may have happened.</summary>
    public virtual Delivery Delivery => Delivery.Unknown;

    /// <summary>True when the same may succeed a little later without anybody doing anything.</summary>
    public virtual bool IsTransient => false;

    /// <summary>The wait that the server asked for; null when it did not say.</summary>
    public virtual TimeSpan? RetryAfter => null;
}
