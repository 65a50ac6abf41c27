using MailFlowBot.Wording;

namespace MailFlowBot.Cards;

/// <summary>What a button asks for. Everything else a client sends is refused.</summary>
internal static class CardVerbs
{
    public const string Approve = "fix.approve";
    public const string Reject = "fix.reject";
    public const string Details = "card.details";

    /// <summary>The titles of the button with this verb, in every language.</summary>
    public static IReadOnlyList<string> TitlesOf(string verb) => verb switch
    {
        Approve => Titles("button.approve"),
        Reject => Titles("button.reject"),
        Details => Titles("button.details"),
        _ => [],
    };

    private static string[] Titles(string id) => [Phrases.Say("en", id), Phrases.Say("ja", id)];
}
