using System.Globalization;
using System.Text;

namespace MailFlowBot.Remote.Smtp;

/// <summary>Octets to replies, one octet at a time, so that it cannot matter where the network cuts them.</summary>
internal sealed class SmtpReplyReader
{
    private const int CodeLength = 3;

    private readonly StringBuilder _line = new();
    private readonly List<string> _lines = [];
    private int _octets;

    /// <summary>Set once, for good.</summary>
    public SmtpFault? Fault { get; private set; }

    /// <summary>Takes the next octet; the reply that it completes, or null.</summary>
    public SmtpReply? Take(byte octet)
    {
        if (Fault is not null)
            return null;
        if (++_octets > SmtpLimits.ConversationOctets)
            return Fail(SmtpFault.TooMuch);
        if (octet == '\n')
            return EndLine();
        if (_line.Length == SmtpLimits.LineOctets)
            return Fail(SmtpFault.LineTooLong);
        // CR is kept until it is known whether LF follows. Eight-bit text and control characters tell nothing that is needed here.
        _line.Append(octet is (>= 0x20 and < 0x7F) or (byte)'\r' ? (char)octet : '?');
        return null;
    }

    private SmtpReply? EndLine()
    {
        var line = _line.ToString();
        _line.Clear();
        if (line.EndsWith('\r'))
            line = line[..^1];
        line = line.Replace('\r', '?');
        if (!StartsWithCode(line))
            return Fail(SmtpFault.NotAReply);
        if (_lines.Count == SmtpLimits.ReplyLines)
            return Fail(SmtpFault.TooManyLines);
        var goesOn = line.Length > CodeLength && line[CodeLength] == '-';
        // A firewall that masks the banner also masks the blank behind the code: 220*****.
        var text = line.Length > CodeLength && line[CodeLength] is '-' or ' ' ? line[(CodeLength + 1)..] : line[CodeLength..];
        _lines.Add(text);
        if (goesOn)
            return null;
        var reply = new SmtpReply(int.Parse(line.AsSpan(0, CodeLength), CultureInfo.InvariantCulture), [.. _lines]);
        _lines.Clear();
        return reply;
    }

    private static bool StartsWithCode(string line) => line.Length >= CodeLength
        && line[0] is >= '2' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2])
        && !(line.Length > CodeLength && char.IsAsciiLetterOrDigit(line[CodeLength]));

    private SmtpReply? Fail(SmtpFault fault)
    {
        Fault = fault;
        return null;
    }
}
