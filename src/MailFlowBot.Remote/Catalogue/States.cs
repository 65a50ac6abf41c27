namespace MailFlowBot.Remote.Catalogue;

/// <summary>State of a server component. Unknown: the text was none of the documented values; it is never treated as Active.</summary>
public enum ComponentState { Unknown, Active, Inactive, Draining }

/// <summary>Status of a Windows service. Unknown is never treated as Running.</summary>
public enum ServiceStatus { Unknown, Stopped, StartPending, StopPending, Running, ContinuePending, PausePending, Paused }

/// <summary>Start type of a Windows service.</summary>
public enum ServiceStartType { Unknown, Automatic, Manual, Disabled }

/// <summary>State of a server as a failover cluster node.</summary>
public enum ClusterNodeState { Unknown, NotAMember, Up, Paused, Down, Joining }

/// <summary>What undoing a change takes.</summary>
public enum Reversibility
{
    /// <summary>An inverse change restores what was recorded before.</summary>
    Reversible,

    /// <summary>Another change balances the effect, without restoring the former state.</summary>
    Compensable,

    /// <summary>Nothing restores it; the effect is short.</summary>
    Irreversible,
}

/// <summary>How many people it takes: A one approval, B two, H people do it by hand and it is never executed.</summary>
public enum ChangeClass { A = 1, B = 2, H = 3 }
