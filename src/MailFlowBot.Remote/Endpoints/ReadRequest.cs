using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Endpoints;

/// <summary>What was typed, understood as a read or not. Closed: switch over all kinds.</summary>
public abstract record ReadRequest
{
    private ReadRequest()
    {
    }

    /// <summary>A read of the catalogue.</summary>
    public sealed record Understood(ReadOperation Read) : ReadRequest;

    /// <summary>No operation has this name.</summary>
    public sealed record Unknown(string Operation) : ReadRequest;

    /// <summary>An operation that changes something; there is no way to one but a plan and its approval.</summary>
    public sealed record IsChange(string Operation) : ReadRequest;

    /// <summary>A parameter that the operation does not take, is missing or has no valid value.</summary>
    public sealed record WrongParameter(string Name, string Problem) : ReadRequest;
}
