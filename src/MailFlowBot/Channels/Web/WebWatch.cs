using System.Threading.Channels;

namespace MailFlowBot.Channels.Web;

/// <summary>One browser window that watches. Dispose to stop.</summary>
/// <param name="Changes">Ends when the browser was too slow.</param>
internal sealed record WebWatch(BoardSnapshot Snapshot, ChannelReader<BoardChange> Changes, Action Forget) : IDisposable
{
    public void Dispose() => Forget();
}
