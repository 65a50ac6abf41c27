namespace MailFlowBot.Remote.Clixml;

/// <summary>
/// The one exception that any input to <see cref="ClixmlReader"/> may cause. The message names the element and the place but
/// never the text that stood there: message bodies may carry mail content and secrets.
/// </summary>
internal sealed class ClixmlException : Exception
{
    public ClixmlException(ClixmlFault reason, string message)
        : base(message) => Reason = reason;

    public ClixmlException(ClixmlFault reason, string message, int line, int column, int offset)
        : base($"{message} (line {line}, column {column}, byte {offset})")
    {
        Reason = reason;
        Line = line;
        Column = column;
        Offset = offset;
    }

    public ClixmlFault Reason { get; }

    /// <summary>From 1; 0 when the place is not known.</summary>
    public int Line { get; }

    /// <summary>In characters, from 1; 0 when the place is not known.</summary>
    public int Column { get; }

    /// <summary>In bytes of UTF-8 behind the byte order mark, from 0.</summary>
    public int Offset { get; }
}
