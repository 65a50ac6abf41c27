namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// Another client connected to the shell and reads its output now. There is no fighting over it: the session is dead here, and the shell
/// is left to whoever took it.
/// </summary>
internal sealed class ShellTaken : RemoteException
{
    public ShellTaken(string message)
        : base(message, null)
    {
    }
}
