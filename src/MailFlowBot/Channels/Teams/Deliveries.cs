namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Teams delivers again what was not answered in time. An activity is taken once, by its conversation, id and type.
/// </summary>
/// <param name="claim">Takes a key once, for all processes on the same store.</param>
internal sealed class Deliveries(Func<string, DateTimeOffset, CancellationToken, Task<bool>> claim, TimeProvider time)
{
    // Ids hold no line ends in honest activities; in forged ones the parts could run into each other and block only the forger's own.
    private const char Separator = '\n';

    public static string Key(AdmittedActivity activity) =>
        string.Join(Separator, TeamsChannel.ChannelName, activity.Thread, activity.Activity.Id, activity.Activity.Type);

    /// <summary>True for the first who asks.</summary>
    public Task<bool> TakeAsync(string key, CancellationToken cancellationToken) => claim(key, time.GetUtcNow(), cancellationToken);
}
