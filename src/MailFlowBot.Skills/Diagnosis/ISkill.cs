using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Skills.Diagnosis;

/// <summary>
/// The knowledge of one article: what to read, what follows from it, what would fix it. Pure and without state.
/// </summary>
public interface ISkill
{
    /// <summary>The class of finding this skill is about.</summary>
    string Finds { get; }

    /// <summary>
    /// The one cheap read that shows on any server whether this skill has something to look at there; null when it does not apply
    /// to
    /// such a server. Used when the report names no server.
    /// </summary>
    ReadOperation? Glance(ExchangeServer server);

    /// <summary>Whether the glance showed something.</summary>
    bool Deviates(ServerName server, Readings readings);

    /// <summary>
    /// Whether a report that names no server can only mean servers like this one. Asked when no glance showed anything; the server is
    /// examined when it is the only one.
    /// </summary>
    bool Means(ExchangeServer server, SymptomReading reading) => false;

    /// <summary>Reads needed to judge this server that were not made yet; more may follow once these are answered.</summary>
    IEnumerable<ReadOperation> Needs(ServerName server, Readings readings);

    /// <summary>
    /// Reads that only a report about this skill's fault makes worth a call, the most telling first. They come after all
    /// <see cref="Needs"/>, because a server is not asked more often than its session allows.
    /// </summary>
    IEnumerable<ReadOperation> NeedsWhenReported(ServerName server, Readings readings) => [];

    /// <summary>What follows for the server; null when this skill finds nothing there and the next one is to look.</summary>
    Verdict? Examine(ExaminedServer examined);
}
