using System.Text;

namespace MailFlowBot.Remote.Simulation;

/// <summary>The server side of an SMTP conversation in which nothing is delivered (RFC 5321): octets in, octets out.</summary>
internal sealed class DoorDialogue(DoorAnswers answers)
{
    private readonly StringBuilder _heard = new();
    private string _output = answers.Banner + "\r\n";

    /// <summary>The server has hung up; what is left to send still goes out.</summary>
    public bool IsClosed { get; private set; }

    public void Receive(ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            _heard.Append((char)octet);
            if (octet != '\n' || IsClosed)
                continue;
            var command = _heard.ToString().TrimEnd();
            _heard.Clear();
            Answer(command.Split(' ', ':')[0].ToUpperInvariant());
        }
    }

    public byte[] TakeOutput()
    {
        var output = Encoding.ASCII.GetBytes(_output);
        _output = "";
        return output;
    }

    private void Answer(string verb)
    {
        var answer = verb switch
        {
            "EHLO" => string.Join("\r\n", answers.Hello.Select((line, i) => (i < answers.Hello.Count - 1 ? "250-" : "250 ") + line)),
            "HELO" => $"250 {answers.Hello[0]}",
            "MAIL" => answers.Mail,
            "RSET" => "250 2.0.0 Resetting",
            "QUIT" => "221 2.0.0 Service closing transmission channel",
            _ => "500 5.3.3 Unrecognized command",
        };
        _output += answer + "\r\n";
        IsClosed = answer.StartsWith("421", StringComparison.Ordinal) || answer.StartsWith("221", StringComparison.Ordinal);
    }
}
