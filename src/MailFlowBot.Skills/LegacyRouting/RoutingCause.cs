namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>Why mail does not get from Exchange 2007 to 2003 or 2000; each is a finding of its own.</summary>
internal enum RoutingCause
{
    /// <summary>Routing cannot see the older store: inheritance off, or Exchange Servers lacks one of eleven rights.</summary>
    StoreNotVisible,

    /// <summary>No routing group connector in one or both directions, or one bound to a disabled virtual server.</summary>
    NoRoutingGroupConnector,

    /// <summary>The four store rights are denied or were removed on the server object.</summary>
    StoreRightsDenied,

    /// <summary>The public folder store has no tree: container Folder Hierarchies or msExchOwningPFTree.</summary>
    FolderHierarchies,

    /// <summary>Event 1009: the mailbox server cannot hand mail to the hub.</summary>
    SubmissionToHub,

    /// <summary>The older server does not take the hub's authentication.</summary>
    VirtualServerAuthentication,

    /// <summary>Routing still leads over a server that is gone.</summary>
    RemovedServer,

    /// <summary>Mail does not flow to the older servers, and what was told so far does not say why.</summary>
    NotTold,
}
