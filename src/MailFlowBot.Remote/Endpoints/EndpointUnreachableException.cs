namespace MailFlowBot.Remote.Endpoints;

/// <summary>An endpoint gave no usable answer. The message says which, why, and what to do; it never holds a secret.</summary>
public sealed class EndpointUnreachableException : Exception
{
    public EndpointUnreachableException()
    {
    }

    public EndpointUnreachableException(string message)
        : base(message)
    {
    }

    public EndpointUnreachableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>True when the endpoint is there and did not let this account in.</summary>
    public bool IsRefusal { get; init; }
}
