using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>
/// A server in the middle of an update. Activating it would draw clients and mail to a half-updated machine, so the update is
/// finished or
/// repaired by people.
/// </summary>
internal static class UpdateVerdict
{
    // These three mean an update on their own. A pending restart or a differing build is only telling on a server that has a
    // fault.
    private static readonly IReadOnlyList<UpdateSign> TellingAlone =
        [UpdateSign.SetupRunning, UpdateSign.Watermark, UpdateSign.ServiceDisabled];

    private static readonly IReadOnlyList<WindowsService> TransportServices =
        [WindowsService.Transport, WindowsService.FrontEndTransport, WindowsService.Submission, WindowsService.Delivery];

    public static bool Applies(ExaminedServer examined, ComponentPicture? picture) =>
        examined.Update.Signs.Any(TellingAlone.Contains)
        || (examined.Update.Signs.Count > 0 && (picture is { Disturbed: true } || ServiceDown(examined)));

    public static Verdict Of(ExaminedServer examined, ComponentPicture? picture) => new(
        [Finding(examined, picture)],
        null,
        RefusalCode.Of(ChangeRefusal.InterruptedUpdate),
        [
            Line.Of("runbook.finish-update", ("server", examined.Server.Value)),
            Line.Of("runbook.after-update", ("server", examined.Server.Value)),
        ]);

    public static Finding Finding(ExaminedServer examined, ComponentPicture? picture)
    {
        var observed = new Observations(examined, picture);
        var explains = ServiceDown(examined) && observed.Explains() == Explains.DoesNotExplain
            ? Peers.Of(examined.Server, examined.Readings).Serving.Count > 0 ? Explains.Partly : Explains.Explains
            : observed.Explains();
        return new Finding(
            FindingClass.InterruptedUpdate,
            examined.Server,
            explains,
            observed.Confidence(),
            Article.Id,
            Article.Cause,
            Line.Of(
                examined.Update.Signs.Contains(UpdateSign.SetupRunning) ? "update.headline-running" : "update.headline",
                ("server", examined.Server.Value)),
            [.. observed.Update(), .. observed.Services(), .. observed.Components(), .. observed.Alone()],
            [.. observed.PeersServing()],
            observed.Missing());
    }

    private static bool ServiceDown(ExaminedServer examined) => examined.Readings.Services(examined.Server)?.Services
        .Any(service => service.Status != ServiceStatus.Running && TransportServices.Contains(service.Service)) == true;
}
