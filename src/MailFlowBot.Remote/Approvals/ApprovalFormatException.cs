namespace MailFlowBot.Remote.Approvals;

/// <summary>A plan, decision, grant, policy or journal line is not of the form agreed on; it is refused whole.</summary>
public sealed class ApprovalFormatException : FormatException
{
    public ApprovalFormatException()
    {
    }

    public ApprovalFormatException(string message)
        : base(message)
    {
    }

    public ApprovalFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <param name="fault">What is wrong.</param>
    /// <param name="where">Path of the member, such as <c>steps[0].server</c>.</param>
    /// <param name="detail">What was found and what is expected.</param>
    public ApprovalFormatException(FormatFault fault, string where, string detail, Exception? inner = null)
        : base($"{fault} at {(where.Length == 0 ? "the top" : where)}: {detail}.", inner)
    {
        Fault = fault;
        Where = where;
    }

    /// <summary>What is wrong.</summary>
    public FormatFault Fault { get; }

    /// <summary>Path of the member, empty for the document itself.</summary>
    public string Where { get; } = "";
}
