using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>
/// Only components without a part in mail flow are held, such as PopProxy by managed availability. Said, because somebody will
/// see them
/// in the list, but they do not explain mail that is stuck.
/// </summary>
internal static class OtherComponentVerdict
{
    public static Verdict Of(ExaminedServer examined, ComponentPicture picture)
    {
        var observed = new Observations(examined, picture);
        var server = ("server", examined.Server.Value);
        var finding = new Finding(
            FindingClass.ComponentInactive,
            examined.Server,
            Explains.DoesNotExplain,
            observed.Confidence(),
            Article.Id,
            Article.Verify,
            Line.Of(
                "component-inactive.headline-other",
                server,
                ("components", string.Join(", ", picture.Others.Select(component => component.Component)))),
            [.. observed.OtherComponents(), .. observed.Services()],
            [],
            observed.Missing());
        var byHealth = picture.Others.Any(component => component.Holding.Any(entry => entry.Requester == Requester.HealthApi));
        return new Verdict(
            [finding],
            null,
            byHealth ? RefusalCode.Of(ChangeRefusal.ManagedAvailability) : null,
            [
                byHealth
                    ? Line.Of("runbook.health-api", server, ("command", $"Get-ServerHealth -Identity {examined.Server}"))
                    : Line.Of("runbook.other-component", server, ("command", $"Get-ServerComponentState -Identity {examined.Server}")),
            ]);
    }
}
