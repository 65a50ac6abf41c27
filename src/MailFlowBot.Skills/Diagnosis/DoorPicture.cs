using System.Globalization;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>What the door of the Transport service, port 2525, says about one server. Port 25 is the front end's and says nothing here.</summary>
internal sealed class DoorPicture(ServerName server, Readings readings)
{
    private readonly ReadOperation _read = new ReadSmtpProbe(server, SmtpDoor.Transport);

    private SmtpProbeFact? Probe => readings.Fact<SmtpProbeFact>(_read);

    /// <summary>421 4.3.2: the component behind the door refuses work.</summary>
    public bool Refuses => Probe is { RefusesWork: true };

    /// <summary>Mail would be taken there, at least from those who log on.</summary>
    public bool Alive => Probe is { IsAlive: true };

    /// <summary>Speaks for a Transport service that refuses.</summary>
    public IEnumerable<Evidence> Refusing() => Refuses ? [Says("evidence.door-refuses")] : [];

    /// <summary>Speaks for a Transport service that does not run.</summary>
    public IEnumerable<Evidence> Closed() => Probe is { Stage: SmtpStage.NotConnected } ? [Says("evidence.door-closed")] : [];

    /// <summary>Speaks against a Transport service that refuses or does not run.</summary>
    public IEnumerable<Evidence> Against() => Probe switch
    {
        { IsAlive: true } => [Says("evidence.door-alive")],
        { Code: not null, RefusesWork: false, Stage: SmtpStage.Mailed } => [Says("evidence.door-other")],
        _ => [],
    };

    /// <summary>Why nothing was seen of it: no answer, or a refused connection although the service runs, which is a firewall's.</summary>
    public IEnumerable<Evidence> NotSeen() => Probe switch
    {
        null => new Witness(readings).Missing(_read),
        { Stage: SmtpStage.NotConnected }
            when readings.Services(server)?.Find(WindowsService.Transport)?.Status != ServiceStatus.Stopped => [Says("evidence.door-not-in-sight")],
        { Code: null, Stage: not SmtpStage.NotConnected } => [Says("evidence.door-silent")],
        _ => [],
    };

    // Codes only: what a server says beside them is its own text.
    private Evidence Says(string id) => new Witness(readings).Says(_read, Line.Of(
        id,
        ("server", server.Value),
        ("answer", string.Create(CultureInfo.InvariantCulture, $"{Probe?.Code} {Probe?.Enhanced}").Trim())));
}
