namespace MailFlowBot.Lab.Http;

/// <summary>What a request asks, as far as faults are aimed.</summary>
internal enum LabAction
{
    /// <summary>When aiming: whatever comes. As an answer: none of the others.</summary>
    Any,

    /// <summary>A POST without a body: a step of an authentication.</summary>
    Handshake,
    Create,
    Command,

    /// <summary>A Receive of the pool's own stream.</summary>
    PoolReceive,

    /// <summary>A Receive of a command's stream.</summary>
    CommandReceive,
    Send,

    /// <summary>A Signal with the stop code.</summary>
    Stop,

    /// <summary>Any other Signal.</summary>
    Terminate,
    Delete,
    Disconnect,
    Reconnect,
    Connect,
    Get,
    Enumerate,
    Identify,
}
