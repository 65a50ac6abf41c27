namespace MailFlowBot.Channels.Teams;

/// <summary>
/// Edits of one card go out one after the other, and an edit that was overtaken while it waited is dropped: the last state wins, whatever
/// the network does.
/// </summary>
internal sealed class CardRevisions
{
    private readonly Dictionary<(string Thread, string Message), Edits> _cards = [];
    private readonly Lock _gate = new();

    /// <param name="turn">Waits until the thread may be written to.</param>
    public async Task RunAsync(string thread, string message, Func<ValueTask> turn, Func<Task> edit)
    {
        var (edits, revision) = Enter((thread, message));
        try
        {
            await edits.Turn.WaitAsync().ConfigureAwait(false);
            try
            {
                if (!edits.IsNewest(revision))
                    return;
                await turn().ConfigureAwait(false);
                if (edits.IsNewest(revision))
                    await edit().ConfigureAwait(false);
            }
            finally
            {
                edits.Turn.Release();
            }
        }
        finally
        {
            Leave((thread, message), edits);
        }
    }

    private (Edits Edits, long Revision) Enter((string, string) card)
    {
        lock (_gate)
        {
            if (!_cards.TryGetValue(card, out var edits))
                _cards[card] = edits = new Edits();
            edits.Waiting++;
            return (edits, ++edits.Newest);
        }
    }

    private void Leave((string, string) card, Edits edits)
    {
        lock (_gate)
        {
            if (--edits.Waiting > 0)
                return;
            _cards.Remove(card);
            edits.Dispose();
        }
    }

    private sealed class Edits : IDisposable
    {
        public readonly SemaphoreSlim Turn = new(1, 1);
        public long Newest;
        public int Waiting;

        public void Dispose() => Turn.Dispose();

        public bool IsNewest(long revision) => Volatile.Read(ref Newest) == revision;
    }
}
