namespace MailFlowBot.Remote.Wsman;

/// <summary>What a fault asks of the client (psrp brief, fault codes).</summary>
internal enum FaultReaction
{
    /// <summary>No rule for its number: report it with the number.</summary>
    Unknown,

    /// <summary>Nothing happened within the time: ask again with a new message id.</summary>
    PollAgain,

    /// <summary>The shell or command is no more. What was running is lost and must not be run again blindly.</summary>
    ShellGone,

    /// <summary>The shell was disconnected: Reconnect and go on.</summary>
    Reconnect,

    /// <summary>Another client has taken the shell over: stop and report it.</summary>
    Taken,

    /// <summary>The operation was ended because its shell or command was closed.</summary>
    Closed,

    /// <summary>Wrong configuration name or address, or the server refuses this kind of request: only its settings or ours help.</summary>
    Configuration,

    /// <summary>A quota was hit and nothing was carried out: wait; <see cref="WsmanFault.Quota"/> says what else helps.</summary>
    Quota,

    /// <summary>The envelope was too large: send smaller pieces.</summary>
    TooLarge,

    /// <summary>Go to <see cref="WsmanFault.Location"/>.</summary>
    Redirect,

    /// <summary>Another session holds the shell; <see cref="WsmanFault.Owner"/> when the fault names it, else a Get tells.</summary>
    InUse,

    /// <summary>PowerShell's plug-in refused the request: a bug or a wrong version, never to be repeated.</summary>
    Plugin,

    /// <summary>No right, or a wrong password: never again with the same secret (lockout).</summary>
    Denied,
}

/// <summary>Which quota was hit.</summary>
internal enum WsmanQuota
{
    /// <summary>None, or the fault does not say.</summary>
    None,

    /// <summary>Shells of one user: delete our own stale ones.</summary>
    Shells,

    /// <summary>Operations of one user at a time, waiting Receives included.</summary>
    Operations,

    /// <summary>Commands of one shell that were not terminated: open a new shell.</summary>
    Commands,

    /// <summary>Users at a time.</summary>
    Users,

    /// <summary>Shells of the plug-in, over all users.</summary>
    PluginShells,

    /// <summary>Operations of the plug-in, over all users.</summary>
    PluginOperations,

    /// <summary>Requests in a time, or of the whole server.</summary>
    Load,
}
