namespace MailFlowBot.Remote.Sessions;

/// <summary>What became of left-over shells.</summary>
/// <param name="Deleted">The server deleted them now.</param>
/// <param name="Gone">The server did not know them any more.</param>
/// <param name="Left">Nobody knows; they stay in the ledger for the next time.</param>
internal readonly record struct ReapReport(int Deleted, int Gone, int Left)
{
    public static ReapReport operator +(ReapReport a, ReapReport b) => Add(a, b);

    public static ReapReport Add(ReapReport a, ReapReport b) => new(a.Deleted + b.Deleted, a.Gone + b.Gone, a.Left + b.Left);
}
