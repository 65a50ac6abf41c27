namespace MailFlowBot.Conversing;

/// <summary>What a message to the bot asks for.</summary>
internal abstract record Intent
{
    private Intent()
    {
    }

    internal sealed record Help : Intent;

    internal sealed record Status : Intent;

    internal sealed record Servers : Intent;

    internal sealed record Incidents : Intent;

    internal sealed record Note(string Text) : Intent;

    internal sealed record Freeze(string Reason) : Intent;

    internal sealed record Lift : Intent;

    internal sealed record Drill(string Name) : Intent;

    internal sealed record Speak(string Language) : Intent;

    internal sealed record Close : Intent;

    internal sealed record Check(string Server) : Intent;

    /// <summary>Words like "approve", which decide nothing.</summary>
    internal sealed record Authority : Intent;

    /// <summary>A wish to restart something that is not named.</summary>
    internal sealed record VagueRestart : Intent;

    /// <summary>Thanks and the like.</summary>
    internal sealed record Chatter : Intent;

    /// <summary>Nothing readable.</summary>
    internal sealed record Empty : Intent;

    internal sealed record DidYouMean(string Command) : Intent;

    /// <summary>Everything else: a report.</summary>
    internal sealed record Report(string Text) : Intent;
}
