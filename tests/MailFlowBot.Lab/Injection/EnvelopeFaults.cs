using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab.Injection;

/// <summary>Answers whose XML is damaged or hostile.</summary>
internal static partial class EnvelopeFaults
{
    private const int Deep = 10_000;

    public static IReadOnlyList<LabFault> All { get; } =
    [
        Change("malformed-xml", "The last end tag is missing.", text => text[..text.LastIndexOf("</", StringComparison.Ordinal)]),
        Change("not-xml", "Bytes that are no XML.", _ => "\0\u0001\u0002 no XML at all"),
        Change("not-soap", "XML, but no envelope.", _ => "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>"),
        Change("no-body", "An envelope without a body.", text => BodyElement().Replace(text, "<s:Body/>", 1)),
        Change("dtd", "A document type declaration that names an outside entity.", text =>
            WithType(text, "<!DOCTYPE x [<!ENTITY outside SYSTEM \"file:///etc/hostname\">]>")),
        Change("entity-bomb", "Entities that unfold to a billion.", text => WithType(text, Bomb())),
        Change("deep-xml", "Ten thousand elements inside each other.", text => Insert(
            text, string.Concat(Enumerable.Repeat("<n>", Deep)) + string.Concat(Enumerable.Repeat("</n>", Deep)))),
        Change("wrong-relates-to", "The answer is about another request.", text =>
            Once(RelatesTo(), text, match => $"{match.Groups[1].Value}uuid:{Guid.NewGuid().ToString().ToUpperInvariant()}<")),
        Change("damaged-base64", "A stream's base64 holds a character that is none.", text =>
            Once(Stream(), text, match => $"{match.Groups[1].Value}!*{match.Groups[2].Value}<")),
        Change("cut-base64", "A stream's base64 ends within a group of four.", text =>
            Once(Stream(), text, match => $"{match.Groups[1].Value}{match.Groups[2].Value.TrimEnd('=')[..^1].TrimEnd('=')}A<")),
        Change("other-command", "The output of another command.", text =>
            CommandAttribute().Replace(text, $"CommandId=\"{Guid.NewGuid().ToString().ToUpperInvariant()}\"")),
        Change("no-done", "The command's Done is missing.", text =>
            Once(Done(), text, _ => "CommandState/Running\"")),
    ];

    private static LabFault.OfAnswer Change(string name, string text, Func<string, string> change) =>
        new(name, text, LabAction.CommandReceive, envelope =>
        {
            var before = Encoding.UTF8.GetString(envelope.Span);
            var after = change(before);
            return after == before ? null : Encoding.UTF8.GetBytes(after);
        });

    private static string Once(Regex pattern, string text, MatchEvaluator with) => pattern.Replace(text, with, 1);

    private static string WithType(string text, string type)
    {
        var start = text.StartsWith("<?", StringComparison.Ordinal) ? text.IndexOf("?>", StringComparison.Ordinal) + 2 : 0;
        return text.Insert(start, type);
    }

    private static string Bomb()
    {
        var bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"ha\">");
        for (var i = 1; i < 10; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">");
        return bomb.Append("]>").ToString();
    }

    private static string Insert(string text, string content)
    {
        var end = text.LastIndexOf("</s:Body>", StringComparison.Ordinal);
        return end < 0 ? text : text.Insert(end, content);
    }

    [GeneratedRegex("<s:Body>.*</s:Body>", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BodyElement();

    [GeneratedRegex("(RelatesTo>)[^<]*<", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RelatesTo();

    [GeneratedRegex("(:Stream [^>]*>)([^<]{8,})<", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Stream();

    [GeneratedRegex("CommandId=\"[^\"]*\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CommandAttribute();

    [GeneratedRegex("CommandState/Done\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Done();
}
