using System.Text;
using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Skills.Remediation;

/// <summary>
/// The stable text of a refusal, as cards and <c>diagnose --json</c> show it: the words of its name, joined by hyphens.
/// </summary>
public static class RefusalCode
{
    /// <returns>Such as <c>interrupted-update</c>.</returns>
    public static string Of(ChangeRefusal refusal)
    {
        var code = new StringBuilder();
        foreach (var letter in refusal.ToString())
        {
            if (char.IsUpper(letter) && code.Length > 0)
                code.Append('-');
            code.Append(char.ToLowerInvariant(letter));
        }

        return code.ToString();
    }
}
