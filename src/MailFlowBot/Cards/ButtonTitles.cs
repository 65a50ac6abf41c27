using MailFlowBot.Incidents;
using MailFlowBot.Wording;

namespace MailFlowBot.Cards;

/// <summary>The fixed titles of the buttons in every language, so that a terminal finds a button by either.</summary>
internal static class ButtonTitles
{
    public static IReadOnlyList<string> Of(string verb) => verb switch
    {
        ClickVerbs.Approve => Titles("button.approve"),
        ClickVerbs.Reject => Titles("button.reject"),
        ClickVerbs.Paste => Titles("button.paste"),
        ClickVerbs.Details => Titles("button.details"),
        _ => [],
    };

    private static string[] Titles(string id) => [Phrases.Say("en", id), Phrases.Say("ja", id)];
}
