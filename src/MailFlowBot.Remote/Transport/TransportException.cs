namespace MailFlowBot.Remote.Transport;

/// <summary>An envelope got no answer.</summary>
internal sealed class TransportException : Exception
{
    public TransportException(TransportFault fault, Delivery delivery, string message, Exception? inner = null)
        : base(message, inner)
    {
        Fault = fault;
        Delivery = delivery;
    }

    /// <summary>For carriers that know no more than whether the envelope went out.</summary>
    public TransportException(Delivery delivery, string message, Exception? inner = null)
        : this(delivery == Delivery.NotSent ? TransportFault.Unreachable : TransportFault.BrokenOff, delivery, message, inner)
    {
    }

    /// <summary>What was the matter, hence what can be done.</summary>
    public TransportFault Fault { get; }

    public Delivery Delivery { get; }

    /// <summary>HTTP's status where there was one.</summary>
    public int? Status { get; init; }

    /// <summary>The wait that the server asked for (Retry-After); null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same request may succeed a little later without anybody doing anything.</summary>
    public bool IsTransient => Fault is TransportFault.Unreachable or TransportFault.Unavailable or TransportFault.BrokenOff;
}
