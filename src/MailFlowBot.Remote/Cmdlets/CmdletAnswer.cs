using MailFlowBot.Remote.Catalogue;

namespace MailFlowBot.Remote.Cmdlets;

/// <summary>What the objects that a command gave add up to. Closed: switch over all kinds.</summary>
internal abstract record CmdletAnswer
{
    private CmdletAnswer()
    {
    }

    /// <param name="AnsweredBy">The server whose name the objects carry; null when the read is about no single server.</param>
    internal sealed record Found(Fact Fact, string? AnsweredBy) : CmdletAnswer;

    internal sealed record Nothing(NotSeenReason Reason, string Detail) : CmdletAnswer;

    public static CmdletAnswer Unreadable(string detail) => new Nothing(NotSeenReason.Unreadable, detail);

    public static CmdletAnswer WrongServer(ServerName asked, string? answered) => new Nothing(
        NotSeenReason.WrongServer,
        answered is null
            ? $"The answer does not say which server it is about; {asked} was asked."
            : $"{asked} was asked, {answered} answered.");
}
