namespace MailFlowBot.Remote.Clixml;

/// <summary>Which of the four sequence elements a <see cref="PsList"/> stands for (MS-PSRP 2.2.5.2.6, which does not mention IE).</summary>
internal enum PsListKind
{
    /// <summary>LST: arrays and lists.</summary>
    List,

    /// <summary>IE: anything else that can be enumerated.</summary>
    Enumerable,

    /// <summary>STK.</summary>
    Stack,

    /// <summary>QUE.</summary>
    Queue,
}
