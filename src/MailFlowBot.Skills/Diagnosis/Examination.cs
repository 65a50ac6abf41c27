using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>
/// The diagnosis machine. Pump it: make the reads of <see cref="Needs"/>, hand each answer to <see cref="Accept"/>, until nothing
/// is
/// needed any more; then <see cref="Conclude"/>. It can only ask for reads, and may be concluded early: what is missing then
/// counts as
/// not seen.
/// </summary>
public sealed class Examination
{
    /// <summary>
    /// Reads that one server is asked at most, so that a sweep stays inside the throttling policy of a session; SMTP probes are not counted.
    /// </summary>
    public const int ReadsPerServer = 12;

    /// <summary>Named servers that are examined in one go; of more, the first ones.</summary>
    public const int ServersAtOnce = 4;

    private readonly SymptomReading _reading;
    private readonly IReadOnlyList<ServerName> _named;
    private readonly IReadOnlyList<ISkill> _skills;
    private readonly bool _byName;
    private readonly Intake _intake = new();

    private Examination(SymptomReading reading, IReadOnlyList<ServerName> servers, IReadOnlyList<ISkill> skills)
    {
        _reading = reading;
        _byName = servers.Count > 0;
        _named = _byName ? servers : reading.Servers;
        _skills = skills;
    }

    /// <summary>What endpoints answered so far.</summary>
    public Readings Readings => _intake.Readings;

    /// <summary>Reads to be made now, in any order; empty when it is time to conclude.</summary>
    public IReadOnlyList<ReadOperation> Needs => NotOurs ? [] : Triage.Needs();

    private bool NotOurs => !_byName && _reading.Class == SymptomClass.NoneOfOurs;

    private Triage Triage => new(_reading, _named, _skills, Readings);

    /// <param name="servers">Servers asked for explicitly; empty: those the reading names, or none.</param>
    /// <param name="skills">In the order they look; the first that observes something speaks.</param>
    public static Examination Begin(SymptomReading reading, IReadOnlyList<ServerName> servers, IReadOnlyList<ISkill> skills)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(servers);
        ArgumentNullException.ThrowIfNull(skills);
        return new Examination(reading, servers, skills);
    }

    /// <summary>Takes an answer, asked for or not. A newer answer to the same read replaces the older one.</summary>
    public void Accept(ReadAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _intake.Accept(answer);
    }

    /// <param name="now">The time that ages are measured against.</param>
    public Conclusion Conclude(DateTimeOffset now)
    {
        if (NotOurs)
            return Conclusions.NotOurs(_reading);
        var subjects = Triage.Subjects();
        if (subjects.Count == 0)
            return Conclusions.WithoutSubject(_reading, Triage, Readings);
        var verdicts = subjects
            .Select(server => Judge(new ExaminedServer(server, _reading, Readings, _intake.Pasted, now)))
            .ToList();
        return Conclusions.Of(subjects, verdicts, _reading, Triage, Readings);
    }

    // What was observed speaks before what is only reported, whichever skill comes first.
    private Verdict? Judge(ExaminedServer examined)
    {
        Verdict? reported = null;
        foreach (var verdict in _skills.Select(skill => skill.Examine(examined)).OfType<Verdict>())
        {
            if (verdict.Findings.Any(finding => finding.Evidence.Any(evidence => evidence.Read is not null)))
                return verdict;
            reported ??= verdict;
        }

        return reported;
    }
}
