using System.Text;
using MailFlowBot.Remote.Smtp;

namespace MailFlowBot.Remote.Tests.Smtp;

/// <summary>Lets a probe talk to a list of answers: the first is said unasked, each further one when a command came.</summary>
internal static class Conversation
{
    public const string Hello = "250-EX03.corp.example Hello [192.0.2.1]\r\n250-SIZE 37748736\r\n250-X-EXPS GSSAPI NTLM\r\n250 XRDST\r\n";

    public static SmtpProbe Probe() => new(new DomainName("probe.corp.example"));

    public static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    /// <param name="cut">Where each answer is cut in two; beyond its end: not at all. 0: octet by octet.</param>
    /// <returns>What was seen, and the commands sent.</returns>
    public static (SmtpProbeReading Reading, IReadOnlyList<string> Commands) Of(int cut, params IEnumerable<string> answers)
    {
        var probe = Probe();
        var commands = new List<string>();
        foreach (var answer in answers)
        {
            foreach (var piece in Pieces(Octets(answer), cut))
                probe.Receive(piece);
            if (probe.TakeOutput() is { Length: > 0 } output)
                commands.Add(Encoding.ASCII.GetString(output));
            if (probe.IsFinished)
                break;
        }

        probe.End();
        return (probe.Reading, commands);
    }

    public static (SmtpProbeReading Reading, IReadOnlyList<string> Commands) Of(params IEnumerable<string> answers) => Of(int.MaxValue, answers);

    private static IEnumerable<byte[]> Pieces(byte[] octets, int cut) => cut == 0
        ? octets.Chunk(1)
        : [octets[..Math.Min(cut, octets.Length)], octets[Math.Min(cut, octets.Length)..]];
}
