namespace MailFlowBot.Lab.Accounts;

/// <summary>What an account may do.</summary>
internal enum LabRole
{
    /// <summary>Reads and changes.</summary>
    OnCall,

    /// <summary>Reads alone: cmdlets that change something do not exist for it, as with Exchange's RBAC.</summary>
    ReadOnly,

    /// <summary>A valid account without any right on an endpoint.</summary>
    Nobody,
}
