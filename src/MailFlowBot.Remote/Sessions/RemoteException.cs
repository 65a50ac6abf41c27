
namespace MailFlowBot.Remote.Sessions;

/// <summary>The root of what a remote session throws. The kinds differ in what the caller may still do.</summary>
internal abstract class RemoteException : Exception
{
    private protected RemoteException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
