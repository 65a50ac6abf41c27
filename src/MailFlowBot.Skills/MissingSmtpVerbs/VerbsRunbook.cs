using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>
/// The steps for people, mildest first: what to save, what to look at, three ways to bring the extensions back (KB 822939, Resolution and
/// More information; TechNet bb124688; KB 312395), and the same test again.
/// </summary>
internal static class VerbsRunbook
{
    private const string ImcQuery = @"reg query HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeIMC";

    public static IReadOnlyList<Line> For(ExaminedServer examined)
    {
        var server = ("server", examined.Server.Value);
        var is2000 = examined.Readings.Inventory?.Find(examined.Server)?.Generation == ExchangeGeneration.Exchange2000;
        return
        [
            Line.Of("smtp-verbs.step-repeat", server, ("command", $"telnet {examined.Server} 25")),
            Line.Of("smtp-verbs.step-backup", server, ("command", @"ntbackup backup systemstate /j ""before KB822939"" /f C:\Backup\systemstate.bkf")),
            Line.Of("smtp-verbs.step-note-connectors", server),
            ImcKeyPaste.Of(examined.Reading.Text) switch
            {
                ImcKey.Present => Line.Of("smtp-verbs.step-imc-present", server),
                ImcKey.Absent => Line.Of("smtp-verbs.step-imc-absent", server),
                _ => Line.Of("smtp-verbs.step-imc", server, ("command", ImcQuery)),
            },
            Line.Of("smtp-verbs.step-restore-metabase", server),
            Line.Of(is2000 ? "smtp-verbs.step-smtpreinstall" : "smtp-verbs.step-smtpreinstall-2003", server),
            Line.Of("smtp-verbs.step-reinstall", server),
            Line.Of("smtp-verbs.step-cluster", server),
            Line.Of("smtp-verbs.step-verify", server, ("command", $"telnet {examined.Server} 25")),
            Line.Of("smtp-verbs.step-migrate", server),
        ];
    }

    public static Line Ask(ServerName server) => Line.Of("smtp-verbs.paste-back", ("server", server.Value), ("command", ImcQuery));
}
