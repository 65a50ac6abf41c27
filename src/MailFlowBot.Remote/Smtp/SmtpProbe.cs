using System.Text;

namespace MailFlowBot.Remote.Smtp;

/// <summary>
/// The client side of an SMTP conversation that delivers nothing: banner, EHLO, MAIL FROM with the null sender, RSET, QUIT (RFC 5321).
/// STARTTLS is only looked at. Pump it: hand over what was received, send what <see cref="TakeOutput"/> gives, until it is finished.
/// It may be left at any time; <see cref="Reading"/> then holds what was seen.
/// </summary>
/// <remarks>
/// What arrives before the command that it would answer has been taken for sending is not an answer to it. Only 421, which a server
/// may say at any time, is heard then.
/// </remarks>
internal sealed class SmtpProbe(DomainName client)
{
    private readonly SmtpReplyReader _replies = new();
    private Awaited _awaited = Awaited.Banner;
    private string? _output;
    private bool _unasked;

    private enum Awaited { Banner, Ehlo, Helo, Mail, Reset, Quit, Nothing }

    public SmtpProbeReading Reading { get; private set; } = SmtpProbeReading.Nothing;

    /// <summary>Nothing more is awaited; send what is left and close.</summary>
    public bool IsFinished => _awaited == Awaited.Nothing;

    public void Receive(ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            if (IsFinished)
                return;
            _unasked |= _output is not null;
            if (_replies.Take(octet) is { } reply)
                Accept(reply);
            else if (_replies.Fault is { } fault)
                Fail(fault);
        }
    }

    /// <summary>The connection ended.</summary>
    public void End() => (_awaited, _output) = (Awaited.Nothing, null);

    /// <summary>The command to be sent now, once; empty when there is none.</summary>
    public byte[] TakeOutput()
    {
        var output = _output ?? "";
        _output = null;
        return Encoding.ASCII.GetBytes(output);
    }

    private void Accept(SmtpReply reply)
    {
        if (reply.IsClosing)
        {
            // After MAIL FROM was answered, a server that merely hangs up says nothing new; one that stops working does.
            if (_awaited <= Awaited.Mail || reply.Enhanced == "4.3.2")
                Note(reply, _awaited == Awaited.Mail && !_unasked ? SmtpProgress.Mailed : Reading.Progress);
            End();
            return;
        }

        if (_unasked)
        {
            Fail(SmtpFault.Unasked);
            return;
        }

        switch (_awaited)
        {
            case Awaited.Banner:
                Note(reply, SmtpProgress.Connected);
                if (reply.Code == 220)
                    Reading = Reading with { Banner = SmtpReply.Shortened(reply.Lines[0]), Host = FirstWord(reply.Lines[0]) };
                Send(reply.Code == 220 ? Awaited.Ehlo : Awaited.Quit);
                break;
            case Awaited.Ehlo when reply.Code is 500 or 502 or 504:
                // A firewall that knows HELO only (RFC 5321 3.2).
                Note(reply, SmtpProgress.Connected);
                Send(Awaited.Helo);
                break;
            case Awaited.Ehlo or Awaited.Helo:
                Note(reply, reply.IsPositive ? SmtpProgress.Greeted : SmtpProgress.Connected);
                if (reply.IsPositive)
                {
                    Reading = Reading with
                    {
                        Host = FirstWord(reply.Lines[0]) ?? Reading.Host,
                        Capabilities = [.. reply.Lines.Skip(1).Select(SmtpReply.Shortened)],
                    };
                }

                Send(reply.IsPositive ? Awaited.Mail : Awaited.Quit);
                break;
            case Awaited.Mail:
                Note(reply, SmtpProgress.Mailed);
                Send(reply.IsPositive ? Awaited.Reset : Awaited.Quit);
                break;
            case Awaited.Reset:
                Send(Awaited.Quit);
                break;
            default:
                End();
                break;
        }
    }

    private void Note(SmtpReply reply, SmtpProgress progress) =>
        Reading = Reading with { Progress = progress, Code = reply.Code, Enhanced = reply.Enhanced, Said = reply.Text };

    private void Send(Awaited answer)
    {
        _awaited = answer;
        _output = answer switch
        {
            Awaited.Ehlo => $"EHLO {client}\r\n",
            Awaited.Helo => $"HELO {client}\r\n",
            Awaited.Mail => "MAIL FROM:<>\r\n",
            Awaited.Reset => "RSET\r\n",
            _ => "QUIT\r\n",
        };
    }

    private void Fail(SmtpFault fault)
    {
        // What MAIL FROM was answered stands, whatever comes behind it.
        if (Reading.Progress != SmtpProgress.Mailed)
            Reading = Reading with { Fault = fault };
        End();
    }

    // The name of a host, as far as a masked or adorned banner has one.
    private static string? FirstWord(string line)
    {
        var word = line.Split(' ', 2)[0];
        return word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-') ? word : null;
    }
}
