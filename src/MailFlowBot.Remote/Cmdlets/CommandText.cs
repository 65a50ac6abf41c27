using System.Globalization;
using System.Text;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>
/// Operations as command lines for people to read and paste. Shown only: what is sent to an endpoint are the parameters themselves,
/// never this text.
/// </summary>
public static class CommandText
{
    /// <summary>
    /// Exactly what is sent, such as <c>Set-ServerComponentState -Identity EX03 -Component HubTransport -Requester Functional
    /// -State Active -Confirm:$false</c>. Several commands are separated by <c>; </c>.
    /// </summary>
    public static string Of(Operation operation) => operation switch
    {
        ReadOperation read => string.Join("; ", ReadCmdlet.For(read).Commands.Select(Line)),
        ChangeOperation change => Line(ChangeCmdlet.For(change).Command),
        _ => throw new ArgumentException($"No command is known for '{operation?.Id}'.", nameof(operation)),
    };

    internal static string Line(PsCommand command) => command.Parameters.Aggregate(
        new StringBuilder(command.Name),
        (line, parameter) => parameter.Value switch
        {
            bool flag => line.Append(CultureInfo.InvariantCulture, $" -{parameter.Name}:${(flag ? "true" : "false")}"),
            null => line.Append(CultureInfo.InvariantCulture, $" -{parameter.Name}"),
            var value => line.Append(CultureInfo.InvariantCulture, $" -{parameter.Name} {Quoted(value.ToString() ?? "")}"),
        }).ToString();

    /// <summary>A bare word where PowerShell takes it as one, else a single-quoted string.</summary>
    private static string Quoted(string value)
    {
        if (value.Length > 0 && char.IsAsciiLetter(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return value;
        var quoted = new StringBuilder("'");
        foreach (var c in value)
        {
            // A line break or a direction mark could hide a second command from the reader; no name in Exchange has one.
            if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            {
                quoted.Append('\uFFFD');
                continue;
            }

            // PowerShell ends a single-quoted string at any of these, and reads a doubled one as itself.
            if (c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
                quoted.Append(c);
            quoted.Append(c);
        }

        return quoted.Append('\'').ToString();
    }
}
