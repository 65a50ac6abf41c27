using System.Globalization;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>One event of the allow-listed sources and ids.</summary>
/// <param name="Log">Application or System.</param>
/// <param name="Source">Provider name; the id alone means nothing (7009 exists twice).</param>
/// <param name="Text">Foreign text, shortened; null when it could not be rendered.</param>
public sealed record EventReading(string Log, string Source, int Id, DateTimeOffset At, string? Text);

/// <summary>Events of the last hour, newest first. Paths: <c>SOURCE/ID/count</c>.</summary>
/// <param name="Since">Where the look back begins; what is older was not asked for.</param>
/// <param name="Cut">True when there were more than the endpoint returns: a missing event is then not a missing event.</param>
public sealed record EventsFact(ServerName Server, DateTimeOffset Since, IReadOnlyList<EventReading> Events, bool Cut) : Fact
{
    public IEnumerable<EventReading> Of(string source, params IEnumerable<int> ids) =>
        Events.Where(happened => happened.Source.Equals(source, StringComparison.OrdinalIgnoreCase) && ids.Contains(happened.Id));

    public override string? Value(string path)
    {
        var (source, rest) = Split(path);
        var (id, part) = Split(rest);
        return part == "count" && int.TryParse(id, CultureInfo.InvariantCulture, out var number)
            ? Of(source, number).Count().ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
